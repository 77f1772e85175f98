def exponential_decay(i, k):
    return np.exp(-i * k)
