def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    H = h_prev.shape[1]
    W_hr, W_hz, W_hn = W_hh[:, :H], W_hh[:, H : 2 * H], W_hh[:, 2 * H :]
    # h_t = (1 - z) n + z h_prev
    dn = dh_t * (1 - z)
    dz = -dh_t * n
    dh_prev = dh_t * z
    # n = tanh(a_n), a_n = x_n + r q
    q = h_prev @ W_hn + b_h[2 * H :]
    da_n = dn * (1 - n * n)
    dq = da_n * r
    dr = da_n * q
    # the gates
    da_r = dr * r * (1 - r)
    da_z = dz * z * (1 - z)
    dh_prev = dh_prev + da_r @ W_hr.T
    dh_prev = dh_prev + da_z @ W_hz.T
    dh_prev = dh_prev + dq @ W_hn.T
    da_x = np.hstack([da_r, da_z, da_n])
    da_h = np.hstack([da_r, da_z, dq])
    dx_t = da_x @ W_xh.T
    dW_xh = x_t.T @ da_x
    dW_hh = h_prev.T @ da_h
    db_x = da_x.sum(0)
    db_h = da_h.sum(0)
    return dx_t, dh_prev, dW_xh, dW_hh, db_x, db_h
