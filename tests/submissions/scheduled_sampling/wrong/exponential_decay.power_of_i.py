def exponential_decay(i, k):
    return np.power(float(i), k)
