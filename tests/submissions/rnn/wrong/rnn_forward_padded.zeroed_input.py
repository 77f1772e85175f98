# Thought that a zero does nothing.
def rnn_forward_padded(x, lengths, h_0, step):
    mask = np.arange(x.shape[1])[None, :] < lengths[:, None]
    x = x * mask[:, :, None]
    h, out = h_0, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        out.append(h)
    return np.stack(out, 1), h
