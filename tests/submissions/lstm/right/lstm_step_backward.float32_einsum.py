def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    dh, dc, c_prev, c_t, gates, W = (v.astype(np.float32) for v in (dh_t, dc_t, c_prev, c_t, gates, W_hh))
    four = gates.reshape(len(gates), 4, -1)
    y = np.tanh(c_t)
    dc += dh * four[:, 3] * (1 - y**2)
    factors = np.stack([dc * four[:, 2], dc * c_prev, dc * four[:, 0], dh * y], axis=1)
    slopes = four * (1 - four)
    slopes[:, 2] = 1 - four[:, 2] ** 2
    da = (factors * slopes).reshape(gates.shape)
    return da, np.einsum("bk,hk->bh", da, W), dc * four[:, 1]
