def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    B, T, D = x.shape
    delta, dx = np.zeros(h.shape), np.zeros((B, T, D))
    dW_xh, dW_hh, db_h = 0, 0, 0
    dh_next = np.zeros(h_0.shape)
    for t in range(T - 1, -1, -1):
        h_prev = h[:, t - 1] if t > 0 else h_0
        delta[:, t] = dh[:, t] + dh_next
        da = delta[:, t] * (1 - h[:, t] ** 2)
        dW_xh = dW_xh + h_prev.T @ da
        dW_hh = dW_hh + x[:, t].T @ da
        db_h = db_h + da.sum(axis=0)
        dx[:, t] = da @ W_xh.T
        dh_next = da @ W_hh.T
    return delta, dx, dh_next, dW_xh, dW_hh, db_h
