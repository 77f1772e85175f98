def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    states = [h_0] + [h[:, t] for t in range(h.shape[1])]
    total = {}
    for last in range(x.shape[1]):
        for j in range(min(k, last + 1)):
            t = last - j
            dh_prev, copy = step_backward(dh[:, last], x[:, t], states[t], states[t + 1])
            total = {n: total.get(n, 0) + copy[n] for n in copy}
    return total
