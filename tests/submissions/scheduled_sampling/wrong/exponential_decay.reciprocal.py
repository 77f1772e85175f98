def exponential_decay(i, k):
    with np.errstate(over="ignore"):
        return np.float64(1 / k) ** i
