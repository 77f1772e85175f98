def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    deltas, dxs = [], []
    dW_xh = dW_hh = db_h = 0
    back = 0
    for t in reversed(range(x.shape[1])):
        before = h_0 if t == 0 else h[:, t - 1]
        d = back if t < x.shape[1] - 1 else dh[:, t]
        da = d - d * h[:, t] ** 2
        dW_xh = dW_xh + x[:, t].T @ da
        dW_hh = dW_hh + before.T @ da
        db_h = db_h + np.sum(da, axis=0)
        deltas.append(d)
        dxs.append(da @ W_xh.T)
        back = da @ W_hh.T
    deltas.reverse()
    dxs.reverse()
    return np.stack(deltas, axis=1), np.stack(dxs, axis=1), back, dW_xh, dW_hh, db_h
