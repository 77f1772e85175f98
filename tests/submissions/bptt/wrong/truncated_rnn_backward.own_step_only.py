def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    T = x.shape[1]
    total = {}
    for last in range(T):
        for t in range(last, max(last - k, -1), -1):
            # each step starts again from its own loss, and only the first of these k is new
            if t == last:
                _, copy = step_backward(dh[:, t], x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
                for name, g in copy.items():
                    total[name] = total.get(name, 0) + g
    return total
