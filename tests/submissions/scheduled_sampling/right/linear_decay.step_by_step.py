def linear_decay(i, k, c, eps):
    share = k
    for _ in range(i):
        share -= c
        if share <= eps:
            return eps
    return share
