def linear_decay(i, k, c, eps):
    return max(k - c * i, 0) + eps
