def inverse_sigmoid_decay(i, k):
    exponent = np.clip(i / k, -5, 5)
    return k / (k + np.exp(exponent))
