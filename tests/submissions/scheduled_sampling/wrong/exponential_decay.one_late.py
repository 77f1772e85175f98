def exponential_decay(i, k):
    if i == 0:
        return 1 / k
    return np.prod(np.full(i - 1, k))
