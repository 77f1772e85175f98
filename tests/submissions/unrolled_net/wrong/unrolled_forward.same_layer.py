# Copied the index from another place.
def unrolled_forward(x, W_layers, b_layers, layer):
    N, T = W_layers.shape[0], x.shape[1]
    if T > N:
        raise ValueError("too long")
    a = np.zeros((x.shape[0], W_layers.shape[-1]))
    for t in range(T):
        a = layer(x[:, t], a, W_layers[N - 1], b_layers[N - 1])
    return a
