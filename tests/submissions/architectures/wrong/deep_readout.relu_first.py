# Non-linearity, then linear, for every layer.
def deep_readout(h, layers):
    a = h
    for W, b in layers:
        a = np.where(a > 0, a, 0) @ W + b
    return a
