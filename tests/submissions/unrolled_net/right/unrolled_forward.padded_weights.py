def unrolled_forward(x, W_layers, b_layers, layer):
    B, T = x.shape[:2]
    if T > len(W_layers):
        raise ValueError("sequence longer than the net")
    a = np.zeros((B, b_layers.shape[-1]))
    for x_t, W, b in zip(np.moveaxis(x, 1, 0), W_layers[-T:], b_layers[-T:]):
        a = layer(x_t, a, W, b)
    return a
