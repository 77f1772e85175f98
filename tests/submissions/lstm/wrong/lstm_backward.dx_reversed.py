def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    T = x.shape[1]
    dh_next, dc_next = 0 * h_0, 0 * c_0
    dx, dW_xh, dW_hh, db = [], 0, 0, 0
    for t in reversed(range(T)):
        c_prev, h_prev = (c[:, t - 1], h[:, t - 1]) if t else (c_0, h_0)
        da, dh_next, dc_next = step_backward(dh[:, t] + dh_next, dc_next, c_prev, c[:, t], gates[:, t], W_hh)
        dx.append(da @ W_xh.T)
        dW_xh += x[:, t].T @ da
        dW_hh += h_prev.T @ da
        db += da.sum(axis=0)
    return np.stack(dx, axis=1), dh_next, dc_next, dW_xh, dW_hh, db
