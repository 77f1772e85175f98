# Takes the padding to stand in front.
def rnn_forward_padded(x, lengths, h_0, step):
    T = x.shape[1]
    h, out = h_0, []
    for t in range(T):
        started = (T - lengths <= t)[:, None]
        h = started * step(x[:, t], h) + (1 - started) * h
        out.append(h)
    return np.stack(out, 1), h
