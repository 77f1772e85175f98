def exponential_decay(i, k):
    share = 0
    for _ in range(i):
        share += k
    return share
