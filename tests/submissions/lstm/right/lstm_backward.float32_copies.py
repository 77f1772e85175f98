def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    dh = dh.copy()  # what each state is asked for in the end
    B, T, D = x.shape
    da = np.zeros((T, B, W_xh.shape[1]), dtype=np.float32)
    dc = np.zeros_like(c_0)
    for t in reversed(range(T)):
        c_prev = c_0 if t == 0 else c[:, t - 1]
        da[t], dh_prev, dc = step_backward(dh[:, t], dc, c_prev, c[:, t], gates[:, t], W_hh)
        if t > 0:
            dh[:, t - 1] += dh_prev
    rows = da.reshape(T * B, -1)
    x_rows = np.swapaxes(x, 0, 1).reshape(T * B, D)
    h_rows = np.concatenate([h_0] + [h[:, t] for t in range(T - 1)])
    dx = np.swapaxes((rows @ W_xh.T).reshape(T, B, D), 0, 1)
    return dx, dh_prev, dc, x_rows.T @ rows, h_rows.T @ rows, rows.sum(0)
