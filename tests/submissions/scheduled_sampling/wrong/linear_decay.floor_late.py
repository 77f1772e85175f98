def linear_decay(i, k, c, eps):
    if i < k / c:
        return k - c * i
    return eps
