def deep_readout(h, layers):
    a = h
    for m, (W, _) in enumerate(layers, start=1):
        a = a @ W
        if m != len(layers):
            a = np.maximum(a, 0)
    return a
