# Unrolls from the end.
def rnn_forward(x, h_0, step):
    h, out = h_0, []
    for t in reversed(range(x.shape[1])):
        h = step(x[:, t], h)
        out.append(h)
    return np.stack(out, 1), h
