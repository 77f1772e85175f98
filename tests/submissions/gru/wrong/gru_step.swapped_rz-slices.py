def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    H = h_prev.shape[1]
    Z, R, N = slice(0, H), slice(H, 2 * H), slice(2 * H, 3 * H)
    r = 1.0 / (1.0 + np.exp(-(x_t @ W_xh[:, R] + b_x[R] + h_prev @ W_hh[:, R] + b_h[R])))
    z = 1.0 / (1.0 + np.exp(-(x_t @ W_xh[:, Z] + b_x[Z] + h_prev @ W_hh[:, Z] + b_h[Z])))
    n = np.tanh(x_t @ W_xh[:, N] + b_x[N] + r * (h_prev @ W_hh[:, N] + b_h[N]))
    h_t = (1 - z) * n + z * h_prev
    return h_t, r, z, n
