def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    W_r, W_z, W_n = np.split(W_hh, 3, axis=1)
    delta_n = dh_t * (1 - z) * (1 - n**2)
    delta_z = dh_t * (h_prev - n) * z * (1 - z)
    d_rh = delta_n @ W_n.T
    delta_r = d_rh * h_prev * r * (1 - r)
    delta = np.concatenate([delta_r, delta_z, delta_n], axis=1)
    dh_prev = z * dh_t + r * d_rh + delta_r @ W_r.T + delta_z @ W_z.T
    dW_hh = np.concatenate([h_prev.T @ delta_r, h_prev.T @ delta_z, (r * h_prev).T @ delta_n], axis=1)
    db = np.sum(delta, axis=0)
    return delta @ W_xh.T, dh_prev, x_t.T @ delta, dW_hh, db, db
