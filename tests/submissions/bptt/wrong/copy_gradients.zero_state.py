def copy_gradients(dh, x, h_0, h, step_backward):
    T = x.shape[1]
    back = np.zeros(h_0.shape)
    grads = {}
    for t in range(T - 1, -1, -1):
        prev = np.zeros_like(h_0) if t == 0 else h[:, t - 1]
        back, copy = step_backward(dh[:, t] + back, x[:, t], prev, h[:, t])
        grads[t] = copy
    return {name: np.stack([grads[t][name] for t in range(T)]) for name in grads[0]}
