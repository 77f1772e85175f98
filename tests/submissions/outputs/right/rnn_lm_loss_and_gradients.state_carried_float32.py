# States carried over padding, and deltas masked once more.
def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    x, W_xh, W_hh, b_h, W_hy, b_y = (np.float32(a) for a in (x, W_xh, W_hh, b_h, W_hy, b_y))
    running = (np.arange(x.shape[1]) < lengths[:, None])[..., None]
    h = [np.zeros((len(x), len(b_h)), np.float32)]
    for t in range(x.shape[1]):
        new = np.tanh(x[:, t] @ W_xh + h[t] @ W_hh + b_h)
        h.append(np.where(running[:, t], new, h[t]))
    y = np.stack([state @ W_hy + b_y for state in h[1:]], axis=1)
    loss, _, dy = loss_function(y, targets, lengths)
    dy = np.where(running, dy, 0).astype(np.float32)
    g = {name: 0 for name in ("W_xh", "W_hh", "b_h", "W_hy", "b_y")}
    dh, after = np.zeros((*x.shape[:2], len(b_h)), np.float32), 0
    for t in reversed(range(x.shape[1])):
        dh[:, t] = dy[:, t] @ W_hy.T + after
        delta = np.where(running[:, t], dh[:, t] * (1 - h[t + 1] ** 2), 0)
        g["W_xh"] = g["W_xh"] + x[:, t].T @ delta
        g["W_hh"] = g["W_hh"] + h[t].T @ delta
        g["b_h"] = g["b_h"] + delta.sum(0)
        g["W_hy"] = g["W_hy"] + h[t + 1].T @ dy[:, t]
        g["b_y"] = g["b_y"] + dy[:, t].sum(0)
        after = np.where(running[:, t], delta @ W_hh.T, dh[:, t])
    return loss, dh, g
