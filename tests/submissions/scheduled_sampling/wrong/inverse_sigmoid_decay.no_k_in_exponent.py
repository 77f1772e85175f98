def inverse_sigmoid_decay(i, k):
    return 1 / (1 + np.exp(np.minimum(i, 600.0)) / k)
