# One plus sign is missing.
def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    B, T, D = x.shape
    H = W_hh.shape[0]
    h_prev = np.zeros((B, H))
    hs, prevs, ys = [], [], []
    for t in range(T):
        prevs.append(h_prev)
        h_prev = np.tanh(x[:, t] @ W_xh + h_prev @ W_hh + b_h)
        hs.append(h_prev)
        ys.append(h_prev @ W_hy + b_y)
    y = np.stack(ys, axis=1)
    loss, losses, dy = loss_function(y, targets, lengths)

    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dW_hy, db_y = np.zeros_like(W_hy), np.zeros_like(b_y)
    dh_all = np.zeros((B, T, H))
    dh_next = np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        dW_hy += hs[t].T @ dy[:, t]
        db_y += dy[:, t].sum(axis=0)
        dh = dy[:, t] @ W_hy.T + dh_next
        dh_all[:, t] = dh
        da = dh * (1 - hs[t] ** 2)
        dW_xh += x[:, t].T @ da
        dW_hh = prevs[t].T @ da
        db_h += da.sum(axis=0)
        dh_next = da @ W_hh.T
    gradients = {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "W_hy": dW_hy, "b_y": db_y}
    return loss, dh_all, gradients
