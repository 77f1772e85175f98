def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    B, H = c_t.shape
    four = gates.reshape(B, 4, H)
    i, f, g, o = four.swapaxes(0, 1)
    dc = dc_t + dh_t * o / np.cosh(c_t) ** 2
    slopes = four * (1 - four)
    slopes[:, 2] = 1 - g * g
    da = (np.stack([dc * g, dc * c_prev, dc * i, dh_t * np.tanh(c_t)], axis=1) * slopes).reshape(B, 4 * H)
    return da, np.einsum("bk,hk->bh", da, W_hh), np.multiply(dc, f)
