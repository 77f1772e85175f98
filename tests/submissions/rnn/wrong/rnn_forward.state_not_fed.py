# Calls the step with the argument's name.
def rnn_forward(x, h_0, step):
    out = np.zeros(x.shape[:2] + h_0.shape[1:])
    for t in range(x.shape[1]):
        h = step(x[:, t], h_0)
        out[:, t] = h
    return out, h
