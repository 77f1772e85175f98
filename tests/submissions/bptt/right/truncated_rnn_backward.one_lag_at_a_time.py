# All losses at once: first every copy's own, then sent back once, and so on.
def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    T = x.shape[1]
    before = [h_0, *(h[:, t] for t in range(T - 1))]
    flow = [dh[:, t] for t in range(T)]
    total = None
    for lag in range(min(k, T)):
        sent = []
        for t in range(T - lag):
            back, copy = step_backward(flow[t], x[:, t], before[t], h[:, t])
            sent.append(back)
            total = copy if total is None else {n: total[n] + copy[n] for n in copy}
        flow = sent[1:]
    return total
