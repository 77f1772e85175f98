def copy_gradients(dh, x, h_0, h, step_backward):
    T = x.shape[1]
    total = None
    for last in range(T):
        delta = dh[:, last]
        for t in range(last, -1, -1):
            delta, copy = step_backward(delta, x[:, t], h[:, t - 1] if t else h_0, h[:, t])
            if total is None:
                total = {name: np.zeros((T, *g.shape)) for name, g in copy.items()}
            for name in total:
                total[name][t] += copy[name]
    return total
