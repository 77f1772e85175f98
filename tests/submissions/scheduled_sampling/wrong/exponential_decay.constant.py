def exponential_decay(i, k):
    share = 1
    share = k * share
    return share
