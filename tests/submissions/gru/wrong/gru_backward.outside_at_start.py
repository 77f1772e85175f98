def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    T = x.shape[1]
    dx, dh_t, sums = np.zeros(x.shape), dh[:, -1], [0, 0, 0, 0]
    for t in reversed(range(T)):
        h_prev = h_0 if t == 0 else h[:, t - 1]
        dx[:, t], dh_prev, *one = step_backward(dh_t, x[:, t], h_prev, r[:, t], z[:, t], n[:, t])
        dh_t = dh_prev + dh[:, t - 1]
        sums = [a + b for a, b in zip(sums, one, strict=True)]
    return dx, dh_t, *sums
