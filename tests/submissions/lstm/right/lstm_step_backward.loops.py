def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    B, H = c_t.shape
    da, dc_prev = np.zeros((B, 4 * H)), np.zeros((B, H))
    for n in range(B):
        for j in range(H):
            i, f, g, o = (gates[n, k * H + j] for k in range(4))
            y = np.tanh(c_t[n, j])
            dc = dc_t[n, j] + dh_t[n, j] * o * (1 - y * y)
            da[n, j] = dc * g * i * (1 - i)
            da[n, H + j] = dc * c_prev[n, j] * f * (1 - f)
            da[n, 2 * H + j] = dc * i * (1 - g) * (1 + g)
            da[n, 3 * H + j] = dh_t[n, j] * y * o * (1 - o)
            dc_prev[n, j] = f * dc
    dh_prev = sum(np.outer(da[:, k], W_hh[:, k]) for k in range(4 * H))
    return da, dh_prev, dc_prev
