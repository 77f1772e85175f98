def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    B, T, _ = x.shape
    states, collected = [np.zeros((B, len(b_h)))], {}

    def walk(t):
        """Steps t to T - 1; returns what state t - 1 receives from step t."""
        if t == T:
            y = np.stack([h @ W_hy for h in states[1:]], axis=1) + b_y
            collected["loss"], _, collected["dy"] = loss_function(y, targets, lengths)
            return np.zeros((B, len(b_h)))
        states.append(np.tanh(np.einsum("bd,dh->bh", x[:, t], W_xh) + states[-1] @ W_hh + b_h))
        dh = walk(t + 1)
        dh = dh + collected["dy"][:, t] @ W_hy.T
        delta = dh - dh * states[t + 1] * states[t + 1]
        collected[t] = dh, delta
        return delta @ W_hh.T

    walk(0)
    dy = collected["dy"]
    dh, delta = (np.stack([collected[t][i] for t in range(T)], axis=1) for i in (0, 1))
    h = np.stack(states, axis=1)

    def outer(a, b):
        return np.tensordot(a, b, axes=((0, 1), (0, 1)))

    return collected["loss"], dh, {
        "W_xh": outer(x, delta),
        "W_hh": outer(h[:, :T], delta),
        "b_h": delta.sum(1).sum(0),
        "W_hy": outer(h[:, 1:], dy),
        "b_y": dy.sum(1).sum(0),
    }
