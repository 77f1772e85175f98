# Stacks along the first axis.
def rnn_forward(x, h_0, step):
    h, out = h_0, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        out.append(h)
    return np.array(out), h
