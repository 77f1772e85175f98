# Keeps the state before it steps.
def rnn_forward(x, h_0, step):
    h, out = h_0, []
    for t in range(x.shape[1]):
        out.append(h)
        h = step(x[:, t], h)
    return np.stack(out, 1), h
