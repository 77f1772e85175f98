def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    before = np.concatenate([h_0[:, None], h], axis=1)
    dx, totals = [], None
    back = np.zeros_like(h_0)
    for t in reversed(range(x.shape[1])):
        dx_t, back, *grads = step_backward(dh[:, t] + back, x[:, t], before[:, t], r[:, t], z[:, t], n[:, t])
        dx.append(dx_t)
        totals = grads if totals is None else [a + b for a, b in zip(totals, grads)]
    return np.stack(dx, axis=1), back, *totals
