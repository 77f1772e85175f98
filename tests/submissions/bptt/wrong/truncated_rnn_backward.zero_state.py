def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    before = np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)
    total = {}
    for last in range(x.shape[1]):
        delta = dh[:, last]
        for t in range(last, max(last - k, -1), -1):
            delta, copy = step_backward(delta, x[:, t], before[:, t], h[:, t])
            for name in copy:
                total[name] = total.get(name, 0) + copy[name]
    return total
