def deep_readout(h, layers):
    *hidden, (W_out, b_out) = layers
    for W, b in hidden:
        h = np.maximum(h @ W + b, 0)
    y = h @ W_out + b_out
    e = np.exp(y)
    return e / np.sum(e, axis=-1, keepdims=True)
