# "The state starts with zeros."
def rnn_forward(x, h_0, step):
    B, T, D = x.shape
    out = np.zeros((B, T, h_0.shape[1]))
    h = np.zeros((B, h_0.shape[1]))
    for t in range(T):
        h = step(x[:, t], h)
        out[:, t] = h
    return out, h
