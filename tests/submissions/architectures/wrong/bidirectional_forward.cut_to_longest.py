def bidirectional_forward(x, lengths, h_0, weights, layer):
    longest = max(lengths)
    H = h_0.shape[-1]
    h = np.zeros((len(x), longest, 2 * H))
    h_last = np.zeros((len(x), 2 * H))
    for n, end in enumerate(lengths):
        own = x[n : n + 1, :end]
        forward = layer(own, h_0[0, n : n + 1], weights[0])[0]
        backward = layer(own[:, ::-1], h_0[1, n : n + 1], weights[1])[0]
        h[n, :end] = np.hstack([forward, backward[::-1]])
        h_last[n] = np.hstack([forward[-1], backward[-1]])
    return h, h_last
