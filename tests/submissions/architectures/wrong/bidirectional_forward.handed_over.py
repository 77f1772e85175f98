# The backward layer goes on from where the forward layer stopped.
def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, D = x.shape
    H = h_0.shape[2]
    h, h_last = np.zeros((B, T, 2 * H)), []
    for n in range(B):
        seq = x[None, n, : lengths[n]]
        f = layer(seq, h_0[0][None, n], weights[0])
        b = layer(seq[:, ::-1], f[:, -1], weights[1])[:, ::-1]
        h[n, : lengths[n]] = np.concatenate([f[0], b[0]], axis=-1)
        h_last.append(np.concatenate([f[0, -1], b[0, 0]]))
    return h, np.stack(h_last)
