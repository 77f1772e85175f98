def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    total = {}
    for last in range(x.shape[1]):
        delta = dh[:, last]
        for t in range(last, max(last - k - 1, -1), -1):
            delta, copy = step_backward(delta, x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
            for name in copy:
                total[name] = copy[name] + total.get(name, 0)
    return total
