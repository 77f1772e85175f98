def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, _ = x.shape
    H = h_0.shape[-1]
    h = np.zeros((B, T, 2 * H))
    for n in range(B):
        own = x[n : n + 1, : lengths[n]]
        h[n, : lengths[n], :H] = layer(own, h_0[0, n : n + 1], weights[0])[0]
        h[n, : lengths[n], H:] = layer(own[:, ::-1], h_0[1, n : n + 1], weights[1])[0, ::-1]
    h_last = h[:, -1]
    return h, h_last
