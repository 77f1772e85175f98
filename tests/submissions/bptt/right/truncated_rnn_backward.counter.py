def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    total = {}
    states = [h_0, *np.moveaxis(h, 1, 0)]
    for last in reversed(range(x.shape[1])):
        delta, t, left = dh[:, last], last, k
        while left > 0 and t >= 0:
            delta, copy = step_backward(delta, x[:, t], states[t], states[t + 1])
            total = {n: total[n] + copy[n] for n in copy} if total else copy
            t, left = t - 1, left - 1
    return total
