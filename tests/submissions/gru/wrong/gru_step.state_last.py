def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    H = h_prev.shape[1]
    a, c = x_t @ W_xh + b_x, h_prev @ W_hh + b_h
    r, z = np.split(1 / (1 + np.exp(-(a + c)[:, : 2 * H])), 2, axis=1)
    n = np.tanh(a[:, 2 * H :] + r * c[:, 2 * H :])
    return r, z, n, (1 - z) * n + z * h_prev
