def rnn_forward(x, h_0, step):
    h = np.empty((x.shape[0], x.shape[1] + 1, h_0.shape[1]))
    h[:, 0] = h_0
    for t in range(x.shape[1]):
        h[:, t + 1] = step(x[:, t], h[:, t])
    return h[:, 1:], h[:, -1]
