# Forwards first, then the input is reversed where it lies.
def bidirectional_forward(x, lengths, h_0, weights, layer):
    B, T, _ = x.shape
    forward = layer(x, h_0[0], weights[0])
    for n in range(B):
        x[n, : lengths[n]] = x[n, : lengths[n]][::-1].copy()
    backward = layer(x, h_0[1], weights[1])
    h = np.zeros((B, T, 2 * h_0.shape[2]))
    last = []
    for n in range(B):
        end = lengths[n]
        h[n, :end] = np.concatenate([forward[n, :end], backward[n, :end][::-1]], axis=1)
        last.append(np.concatenate([forward[n, end - 1], backward[n, end - 1]]))
    return h, np.stack(last)
