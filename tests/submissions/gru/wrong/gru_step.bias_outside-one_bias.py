def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    b = b_x + b_h
    H = h_prev.shape[1]
    xs = x_t @ W_xh + b
    hs = h_prev @ W_hh
    r = 1 / (1 + np.exp(-xs[:, :H] - hs[:, :H]))
    z = 1 / (1 + np.exp(-xs[:, H : 2 * H] - hs[:, H : 2 * H]))
    n = np.tanh(xs[:, 2 * H :] + r * hs[:, 2 * H :])
    return (1 - z) * n + z * h_prev, r, z, n
