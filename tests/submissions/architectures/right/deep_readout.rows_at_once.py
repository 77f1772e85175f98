def deep_readout(h, layers):
    B, T, H = h.shape
    a = h.reshape(B * T, H).copy()
    for number, (W, b) in enumerate(layers):
        if number > 0:
            a *= a > 0
        a = a.dot(W)
        a += b
    return a.reshape(B, T, -1)
