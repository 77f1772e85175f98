def deep_readout(h, layers):
    for W, b in layers:
        h = h @ W + b
    return h
