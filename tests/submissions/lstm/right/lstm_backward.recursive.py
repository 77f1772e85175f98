def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    def walk(t):
        """da of steps t, t + 1, ... and what arrives at the states before step t"""
        if t == x.shape[1]:
            return [], np.zeros(h_0.shape), np.zeros(c_0.shape)
        later, dh_t, dc_t = walk(t + 1)
        da, *back = step_backward(dh[:, t] + dh_t, dc_t, (c_0 if t == 0 else c[:, t - 1]), c[:, t], gates[:, t], W_hh)
        return [da, *later], *back

    das, dh_0, dc_0 = walk(0)
    da = np.stack(das, axis=1)
    before = np.append(h_0[:, None], h[:, :-1], axis=1)
    return da.dot(W_xh.T), dh_0, dc_0, np.tensordot(x, da, ([0, 1], [0, 1])), np.tensordot(before, da, 2 * [[0, 1]]), da.sum((0, 1))
