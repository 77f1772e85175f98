def exponential_decay(i, k):
    return np.float32(k) ** np.float32(i)
