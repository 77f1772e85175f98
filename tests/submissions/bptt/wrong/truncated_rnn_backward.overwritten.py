def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    total = {}
    for end in range(x.shape[1]):
        d = dh[:, end]
        for t in range(end, max(-1, end - k), -1):
            d, copy = step_backward(d, x[:, t], h[:, t - 1] if t else h_0, h[:, t])
            for name in copy:
                total[name] = copy[name]
    return total
