def deep_readout(h, layers):
    a = h[:, -1, :]
    for W, b in layers[:-1]:
        a = np.maximum(a @ W + b, 0)
    return a @ layers[-1][0] + layers[-1][1]
