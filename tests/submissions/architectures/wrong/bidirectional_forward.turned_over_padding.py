def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, D = x.shape
    x_rev = x.copy()
    for n in range(B):
        x_rev[n, : lengths[n]] = x[n, : lengths[n]][::-1]
    f = layer(x, h_0[0], weights[0])
    b_rev = layer(x_rev, h_0[1], weights[1])
    i = np.arange(B)
    h_last = np.concatenate([f[i, lengths - 1], b_rev[i, lengths - 1]], axis=-1)
    h = np.concatenate([f, b_rev[:, ::-1]], axis=-1)
    for n in range(B):
        h[n, lengths[n] :] = 0.0
    return h, h_last
