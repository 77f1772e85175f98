def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    H = h_prev.shape[1]
    da_n = dh_t * (1 - z) * (1 - n**2)
    da_z = dh_t * (h_prev - n) * z * (1 - z)
    da_r = da_n * (h_prev @ W_hh[:, 2 * H :] + b_h[2 * H :]) * r * (1 - r)
    da = np.hstack([da_r, da_z, da_n])
    dh_prev = z * dh_t + da_r @ W_hh[:, :H].T + da_z @ W_hh[:, H : 2 * H].T + (r * da_n) @ W_hh[:, 2 * H :].T
    return da @ W_xh.T, dh_prev, x_t.T @ da, h_prev.T @ da, da.sum(axis=0), da.sum(axis=0)
