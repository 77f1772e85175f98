# np.flip, and the loop sets the padding to zero.
def bidirectional_forward(x, lengths, h_0, weights, layer):
    forward = layer(x, h_0[0], weights[0])
    backward = np.flip(layer(np.flip(x, axis=1), h_0[1], weights[1]), axis=1)
    h = np.dstack([forward, backward])
    last = []
    for n, length in enumerate(lengths):
        last.append(np.hstack([forward[n, length - 1], backward[n, 0]]))
        h[n, length:] = 0
    return h, np.stack(last)
