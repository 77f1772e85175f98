# range ends one too early.
def deep_readout(h, layers):
    if len(layers) == 1:
        return h @ layers[0][0] + layers[0][1]
    for m in range(len(layers) - 1):
        W, b = layers[m]
        h = h @ W + b
        if m < len(layers) - 2:
            h = np.maximum(h, 0)
    return h
