def exponential_decay(i, k):
    share = k
    for _ in range(i):
        share = share * k
    return share
