def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    B, H = h_prev.shape
    ax = (x_t @ W_xh + b_x).reshape(B, 3, H).transpose(1, 0, 2)
    ah = (h_prev @ W_hh + b_h).reshape(B, 3, H).transpose(1, 0, 2)
    r, z = 0.5 * (1 + np.tanh((ax[:2] + ah[:2]) / 2))
    n = 2 / (1 + np.exp(-2 * (ax[2] + r * ah[2]))) - 1
    return [n + z * (h_prev - n), r, z, n]
