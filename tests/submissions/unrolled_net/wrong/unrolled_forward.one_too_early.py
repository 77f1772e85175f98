# Took layer N - T + t, with t from 0, for an index and subtracted the one again.
def unrolled_forward(x, W_layers, b_layers, layer):
    N, T = len(W_layers), x.shape[1]
    if T > N:
        raise ValueError("too long")
    a = np.zeros((len(x), b_layers.shape[1]))
    for t in range(T):
        index = N - T + t - 1
        a = layer(x[:, t], a, W_layers[index], b_layers[index])
    return a
