def deep_readout(h, layers):
    for W, b in layers:
        h = np.maximum(0, h @ W + b)
    return h
