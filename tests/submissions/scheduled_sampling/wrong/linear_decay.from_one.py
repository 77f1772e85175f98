def linear_decay(i, k, c, eps):
    share = 1.0
    share -= i * c
    if share < eps:
        share = eps
    return share
