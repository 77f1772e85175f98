def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, D = x.shape
    H = h_0.shape[2]
    h, h_last = np.zeros((B, T, 2 * H)), np.zeros((B, 2 * H))
    for n in range(B):
        own = x[n : n + 1, : lengths[n]]
        f = layer(own, h_0[0, n : n + 1], weights[0])[0]
        b = layer(own[:, ::-1], h_0[1, n : n + 1], weights[0])[0]
        h[n, : lengths[n]] = np.concatenate([f, b[::-1]], axis=1)
        h_last[n] = np.concatenate([f[-1], b[-1]])
    return h, h_last
