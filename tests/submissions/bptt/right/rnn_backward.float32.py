def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    dh, x, h_0, h, W_xh, W_hh = (a.astype(np.float32) for a in (dh, x, h_0, h, W_xh, W_hh))
    all_deltas, dx, total = [], [], [0, 0, 0]
    delta = np.zeros_like(h_0)
    for t in reversed(range(x.shape[1])):
        delta = delta + dh[:, t]
        all_deltas.insert(0, delta)
        da = delta - delta * h[:, t] ** 2
        before = h_0 if t == 0 else h[:, t - 1]
        total = [total[0] + x[:, t].T @ da, total[1] + before.T @ da, total[2] + da.sum(0)]
        dx.insert(0, da @ W_xh.T)
        delta = da @ W_hh.T
    return np.stack(all_deltas, axis=1), np.stack(dx, axis=1), delta, *total
