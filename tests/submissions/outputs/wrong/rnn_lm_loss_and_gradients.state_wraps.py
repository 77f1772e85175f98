def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    B, T, D = x.shape
    H = W_hh.shape[0]
    h = np.zeros((B, T, H))
    h_prev = np.zeros((B, H))
    for t in range(T):
        h[:, t] = h_prev = np.tanh(x[:, t] @ W_xh + h_prev @ W_hh + b_h)
    loss, losses, dy = loss_function(h @ W_hy + b_y, targets, lengths)
    dh = np.zeros((B, T, H))
    g = {"W_xh": 0, "W_hh": 0, "b_h": 0, "W_hy": 0, "b_y": dy.sum(axis=(0, 1))}
    delta = np.zeros((B, H))
    for t in reversed(range(T)):
        dh[:, t] = dy[:, t] @ W_hy.T + delta @ W_hh.T
        delta = dh[:, t] * (1 - h[:, t] ** 2)
        g["W_xh"] += x[:, t].T @ delta
        g["W_hh"] += h[:, t - 1].T @ delta
        g["b_h"] += delta.sum(axis=0)
        g["W_hy"] += h[:, t].T @ dy[:, t]
    return loss, dh, g
