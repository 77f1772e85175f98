def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    T = x.shape[1]
    total = {}
    for start in range(0, T, k):
        back = np.zeros_like(h_0)
        for t in reversed(range(start, min(start + k, T))):
            back, copy = step_backward(dh[:, t] + back, x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
            for name in copy:
                total[name] = total.get(name, 0) + copy[name]
    return total
