# Lengths count from one, time from zero, and one was taken off once too often.
def rnn_forward_padded(x, lengths, h_0, step):
    h, out = h_0.copy(), []
    for t in range(x.shape[1]):
        new = step(x[:, t], h)
        h = np.array([new[i] if t < lengths[i] - 1 else h[i] for i in range(len(h))])
        out.append(h)
    return np.stack(out, 1), h
