def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    def back(t, arriving):
        before = h[:, t - 1] if t else h_0
        dx_t, d_before, a, b, c, d = step_backward(arriving, x[:, t], before, r[:, t], z[:, t], n[:, t])
        if t == 0:
            return [dx_t], d_before, [a, b, c, d]
        earlier, dh_0, sums = back(t - 1, dh[:, t - 1] + d_before)
        return [*earlier, dx_t], dh_0, [s + g for s, g in zip(sums, (a, b, c, d))]

    dx, dh_0, sums = back(x.shape[1] - 1, dh[:, -1])
    return (np.swapaxes(np.array(dx), 0, 1), dh_0, *sums)
