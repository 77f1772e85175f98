# Less or equal.
def rnn_forward_padded(x, lengths, h_0, step):
    h, out = h_0, []
    for t in range(x.shape[1]):
        new = step(x[:, t], h)
        h = np.where((t <= lengths)[:, None], new, h)
        out.append(h)
    return np.stack(out, 1), h
