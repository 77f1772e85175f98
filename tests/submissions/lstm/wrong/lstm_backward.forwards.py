# The loop of the way there.
def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    B, T, D = x.shape
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_xh.shape[1])
    dh_next, dc_next = np.zeros_like(h_0), np.zeros_like(c_0)
    for t in range(T):
        h_prev = h[:, t - 1] if t > 0 else h_0
        c_prev = c[:, t - 1] if t > 0 else c_0
        da, dh_next, dc_next = step_backward(dh[:, t] + dh_next, dc_next, c_prev, c[:, t], gates[:, t], W_hh)
        dx[:, t] = da @ W_xh.T
        dW_xh += x[:, t].T @ da
        dW_hh += h_prev.T @ da
        db += da.sum(axis=0)
    return dx, dh_next, dc_next, dW_xh, dW_hh, db
