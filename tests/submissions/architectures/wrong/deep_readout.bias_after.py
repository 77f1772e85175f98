def deep_readout(h, layers):
    *hidden, (W_out, b_out) = layers
    for W, b in hidden:
        h = np.maximum(h @ W, 0) + b
    return h @ W_out + b_out
