def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    dx_t, dh_prev = np.zeros_like(x_t), np.zeros_like(h_prev)
    dW_xh, dW_hh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    db_x, db_h = np.zeros(len(b_h)), np.zeros(len(b_h))
    H = len(W_hh)
    for i, (d, x, h, ri, zi, ni) in enumerate(zip(dh_t, x_t, h_prev, r, z, n)):
        inner = (h @ W_hh)[2 * H :] + b_h[2 * H :]
        into_n = d * (1 - zi) * (1 - ni**2)
        gate_r = into_n * inner * ri * (1 - ri)
        gate_z = d * (h - ni) * zi * (1 - zi)
        ax = np.concatenate([gate_r, gate_z, into_n])
        ah = np.concatenate([gate_r, gate_z, into_n * ri])
        dx_t[i] = W_xh @ ax
        dh_prev[i] = W_hh @ ah + d * zi
        dW_xh += np.outer(x, ax)
        dW_hh += np.outer(h, ah)
        db_x += ax
        db_h += ah
    return dx_t, dh_prev, dW_xh, dW_hh, db_x, db_h
