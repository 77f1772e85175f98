# Walks back from the last layer and takes the inputs along the way.
def unrolled_forward(x, W_layers, b_layers, layer):
    N, T = W_layers.shape[0], x.shape[1]
    if N < T:
        raise ValueError("too long")
    a = np.zeros((x.shape[0], W_layers.shape[-1]))
    for k in range(T, 0, -1):
        a = layer(x[:, k - 1], a, W_layers[N - k], b_layers[N - k])
    return a
