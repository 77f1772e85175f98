def inverse_sigmoid_decay(i, k):
    with np.errstate(all="ignore"):
        own = np.exp(i / k) / (k + np.exp(i / k))
    return 1 - own
