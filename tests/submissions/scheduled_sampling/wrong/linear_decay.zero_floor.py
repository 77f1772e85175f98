def linear_decay(i, k, c, eps):
    share = k - c * i
    if share < 0:
        return 0
    return share
