def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    # deltas[t] is what has arrived at state t so far; k times, all of them go one step back together
    T = x.shape[1]
    total = {}
    deltas = {t: dh[:, t] for t in range(T)}
    for _ in range(k):
        moved = {}
        for t, delta in deltas.items():
            before = h[:, t - 1] if t > 0 else h_0
            moved[t - 1], copy = step_backward(delta, x[:, t], before, h[:, t])
            for name in copy:
                total[name] = total.get(name, 0) + copy[name]
        deltas = {t: delta for t, delta in moved.items() if t >= 0}
    return total
