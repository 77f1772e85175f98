def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    H = h_prev.shape[1]
    dn = dh_t * (1 - z)
    dr = dn * (h_prev @ W_hh[:, 2 * H :] + b_h[2 * H :])
    dz = dh_t * (h_prev - n)
    da_r, da_z, da_n = dr * r * (1 - r), dz * z * (1 - z), dn * (1 - n**2)
    da_x, da_h = np.hstack([da_r, da_z, da_n]), np.hstack([da_r, da_z, r * da_n])
    return da_x @ W_xh.T, da_h @ W_hh.T + z * dh_t, x_t.T @ da_x, h_prev.T @ da_h, da_x.sum(axis=0), da_h.sum(axis=0)
