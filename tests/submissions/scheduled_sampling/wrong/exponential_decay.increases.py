def exponential_decay(i, k):
    share = 1
    for _ in range(min(i, 20000)):
        share *= k
    return 1 - share
