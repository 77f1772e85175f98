def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    h_1, c_1, gates_1 = (v[:, np.newaxis] for v in step(x[:, 0], h_0, c_0, W_xh, W_hh, b))
    if x.shape[1] == 1:
        return h_1, c_1, gates_1
    rest = lstm_forward(x[:, 1:], h_1[:, 0], c_1[:, 0], W_xh, W_hh, b, step)
    return tuple(np.concatenate(pair, axis=1) for pair in zip((h_1, c_1, gates_1), rest))
