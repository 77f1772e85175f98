def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, _ = x.shape
    fwd = layer(x, h_0[0], weights[0])
    bwd = layer(x[:, ::-1], h_0[1], weights[1])[:, ::-1]
    mask = np.arange(T)[None, :] < lengths[:, None]
    h = np.concatenate([fwd, bwd], axis=2) * mask[:, :, None]
    h_last = np.concatenate([fwd[np.arange(B), lengths - 1], bwd[:, 0]], axis=1)
    return h, h_last
