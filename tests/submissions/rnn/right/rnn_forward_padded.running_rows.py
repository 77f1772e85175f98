def rnn_forward_padded(x, lengths, h_0, step):
    h, states = h_0.copy(), []
    for t in range(x.shape[1]):
        rows = np.flatnonzero(lengths > t)
        if len(rows):
            h[rows] = step(x[rows, t], h[rows])
        states.append(h.copy())
    return np.stack(states, axis=1), h
