def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    before = np.concatenate([h_0[:, None], h[:, :-1]], axis=1)
    dh = dh.copy()
    dx, grads = [], []
    steps = list(range(x.shape[1]))
    while steps:
        t = steps.pop()
        dx_t, back, *rest = step_backward(dh[:, t], x[:, t], before[:, t], r[:, t], z[:, t], n[:, t])
        if t > 0:
            dh[:, t - 1] += back
        dx.insert(0, dx_t)
        grads.append(rest)
    totals = [np.sum([g[k] for g in grads], axis=0) for k in range(4)]
    return [np.stack(dx, axis=1), back, *totals]
