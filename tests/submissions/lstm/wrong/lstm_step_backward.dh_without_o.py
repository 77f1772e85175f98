def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    i, f, g, o = np.split(gates, 4, axis=1)
    tanh_c = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - tanh_c**2)
    H = c_t.shape[1]
    da = np.hstack([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g**2), dh_t * tanh_c * o * (1 - o)])
    return da, da[:, : 3 * H] @ W_hh[:, : 3 * H].T, dc * f
