def bidirectional_forward(x, lengths, h_0, weights, layer):
    both = [layer(x, start, w) for start, w in zip(h_0, weights)]
    h = np.concatenate(both, axis=2)
    h_last = h[np.arange(len(x)), lengths - 1].copy()
    for n in range(len(x)):
        h[n, lengths[n] :] = 0
    return h, h_last
