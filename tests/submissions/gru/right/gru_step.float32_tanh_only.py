def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    x_t, h_prev, W_xh, W_hh, b_x, b_h = (a.astype(np.float32) for a in (x_t, h_prev, W_xh, W_hh, b_x, b_h))
    H = h_prev.shape[1]
    both = np.concatenate([x_t, h_prev], axis=1) @ np.concatenate([W_xh[:, : 2 * H], W_hh[:, : 2 * H]], axis=0)
    gates = 0.5 + 0.5 * np.tanh(0.5 * (both + b_x[: 2 * H] + b_h[: 2 * H]))
    r, z = gates[:, :H], gates[:, H:]
    n = h_prev @ W_hh[:, 2 * H :]
    n += b_h[2 * H :]
    n *= r
    n += x_t @ W_xh[:, 2 * H :] + b_x[2 * H :]
    np.tanh(n, out=n)
    return n - z * n + z * h_prev, r, z, n
