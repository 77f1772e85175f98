def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, D = x.shape
    h = np.zeros((B, T, h_0.shape[2]))
    last = np.zeros((B, h_0.shape[2]))
    for n, length in enumerate(lengths):
        own = x[n : n + 1, :length]
        f = layer(own, h_0[0, [n]], weights[0])
        b = layer(own[:, ::-1], h_0[1, [n]], weights[1])
        h[n, :length] = f[0] + b[0, ::-1]
        last[n] = f[0, -1] + b[0, -1]
    return h, last
