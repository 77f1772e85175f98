def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    dx, carry, sums = np.zeros_like(x), np.zeros_like(h_0), [0, 0, 0, 0]
    for t in reversed(range(x.shape[1])):
        h_prev = h[:, t - 1] if t else h_0
        dx[:, t], carry, *one = step_backward(dh[:, t] + carry, x[:, t], h_prev, r[:, t], z[:, t], n[:, t])
        sums = [a + b for a, b in zip(sums, one, strict=True)]
    return dx, carry, *sums
