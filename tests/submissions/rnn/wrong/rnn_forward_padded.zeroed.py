# Masks the states after the loop.
def rnn_forward_padded(x, lengths, h_0, step):
    B, T, _ = x.shape
    out = np.zeros((B, T, h_0.shape[1]))
    last = np.zeros_like(h_0)
    h = h_0
    for t in range(T):
        h = step(x[:, t], h)
        for i in range(B):
            if t < lengths[i]:
                out[i, t] = h[i]
            if t == lengths[i] - 1:
                last[i] = h[i]
    return out, last
