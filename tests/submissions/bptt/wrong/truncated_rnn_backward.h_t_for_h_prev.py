def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    total = {}
    for last in range(x.shape[1]):
        delta, t = dh[:, last], last
        while t >= 0 and last - t < k:
            delta, copy = step_backward(delta, x[:, t], h[:, t], h[:, t])
            for name in copy:
                total[name] = copy[name] + total.get(name, 0)
            t -= 1
    return total
