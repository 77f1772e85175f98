# Starts at the first layer, as always.
def unrolled_forward(x, W_layers, b_layers, layer):
    if x.shape[1] > len(W_layers):
        raise ValueError("too long")
    a = np.zeros((x.shape[0], b_layers.shape[1]))
    for t, (W, b) in enumerate(zip(W_layers, b_layers)):
        if t < x.shape[1]:
            a = layer(x[:, t, :], a, W, b)
    return a
