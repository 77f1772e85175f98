# "A neutral element", so one.
def unrolled_forward(x, W_layers, b_layers, layer):
    n, T = len(W_layers), x.shape[1]
    if T > n:
        raise ValueError("The net is too short.")
    a = 1.0 + np.zeros([len(x), W_layers.shape[2]])
    for t in range(T):
        a = layer(x[:, t], a, W_layers[t - T], b_layers[t - T])
    return a
