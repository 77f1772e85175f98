def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    H = h_prev.shape[1]
    da_n = dh_t * (1 - z) * (1 - n**2)
    da_z = (dh_t * h_prev - n) * z * (1 - z)
    da_r = da_n * (h_prev @ W_hh[:, 2 * H :] + b_h[2 * H :]) * r * (1 - r)
    dx_side = np.hstack([da_r, da_z, da_n])
    dh_side = np.hstack([da_r, da_z, r * da_n])
    return (
        dx_side @ W_xh.T,
        dh_side @ W_hh.T + z * dh_t,
        x_t.T @ dx_side,
        h_prev.T @ dh_side,
        dx_side.sum(axis=0),
        dh_side.sum(axis=0),
    )
