def exponential_decay(i, k):
    share = 1.0
    for _ in range(i):
        share = share - (1 - k)
        if share < 0:
            return 0.0
    return share
