def rnn_forward_padded(x, lengths, h_0, step):
    B, T, _ = x.shape
    h = np.zeros((B, T, h_0.shape[1]))
    for i in range(B):
        state = h_0[i : i + 1]
        for t in range(T):
            if t < lengths[i]:
                state = step(x[i : i + 1, t], state)
            h[i, t] = state[0]
    return h, h[:, -1].copy()
