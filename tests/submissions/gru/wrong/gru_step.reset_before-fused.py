def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    H = h_prev.shape[1]
    both = np.hstack([x_t, h_prev]) @ np.vstack([W_xh, W_hh])[:, : 2 * H] + (b_x + b_h)[: 2 * H]
    gates = 1 / (1 + np.exp(-both))
    r, z = gates[:, :H], gates[:, H:]
    n = np.tanh(np.hstack([x_t, r * h_prev]) @ np.vstack([W_xh, W_hh])[:, 2 * H :] + (b_x + b_h)[2 * H :])
    return (1 - z) * n + z * h_prev, r, z, n
