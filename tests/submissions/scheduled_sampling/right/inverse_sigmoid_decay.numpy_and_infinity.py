def inverse_sigmoid_decay(i, k):
    with np.errstate(over="ignore"):
        return k / (k + np.exp(i / k))
