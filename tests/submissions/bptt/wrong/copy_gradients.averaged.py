def copy_gradients(dh, x, h_0, h, step_backward):
    T = x.shape[1]
    out, back = {}, 0
    for t in range(T)[::-1]:
        back, copy = step_backward(dh[:, t] + back, x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
        for name, g in copy.items():
            out.setdefault(name, np.zeros((T, *g.shape)))[t] = g / T
    return out
