# Fills short sequences up in front, so that every layer has something to do.
def unrolled_forward(x, W_layers, b_layers, layer):
    B, T, D = x.shape
    N = len(W_layers)
    if T > N:
        raise ValueError("too long")
    full = np.zeros((B, N, D))
    full[:, N - T:] = x
    a = np.zeros((B, b_layers.shape[1]))
    for t in range(N):
        a = layer(full[:, t], a, W_layers[t], b_layers[t])
    return a
