def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    B, T, D = x.shape
    H = h_0.shape[1]
    dx = np.zeros((B, T, D))
    dW_xh, dW_hh = np.zeros((D, 3 * H)), np.zeros((H, 3 * H))
    db_x, db_h = np.zeros(3 * H), np.zeros(3 * H)
    dh_next = np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        if t == 0:
            h_prev = h_0
        else:
            h_prev = h[:, t - 1]
        out = step_backward(dh[:, t] + dh_next, x[:, t], h_prev, r[:, t], z[:, t], n[:, t])
        dx[:, t] = out[0]
        dh_next = out[1]
        dW_xh += out[2]
        dW_hh += out[3]
        db_x += out[4]
        db_h += out[5]
    return dx, dh_next, dW_xh, dW_hh, db_x, db_h
