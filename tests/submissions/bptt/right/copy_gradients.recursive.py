def copy_gradients(dh, x, h_0, h, step_backward):
    T = x.shape[1]
    states = np.concatenate([h_0[:, np.newaxis], h], axis=1)  # (B, T + 1, H)

    def from_step(t):
        if t == T:
            return np.zeros_like(h_0), []
        later, copies = from_step(t + 1)
        dh_prev, copy = step_backward(dh[:, t] + later, x[:, t], states[:, t], states[:, t + 1])
        return dh_prev, [copy, *copies]

    copies = from_step(0)[1]
    return {name: np.array([c[name] for c in copies]) for name in copies[0]}
