# One matrix for input, state and bias.
def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    B, T, D = x.shape
    H = len(b_h)
    W = np.vstack([W_xh, W_hh, b_h])
    joined, h = [], [np.zeros((B, H))]
    for t in range(T):
        joined.append(np.hstack([x[:, t], h[-1], np.ones((B, 1))]))
        h.append(np.tanh(joined[-1] @ W))
    states = np.stack(h[1:], axis=1)
    loss, _, dy = loss_function(states @ W_hy + b_y, targets, lengths)
    dW = np.zeros_like(W)
    dh, carry = np.empty((B, T, H)), 0
    for t in range(T)[::-1]:
        dh[:, t] = dy[:, t] @ W_hy.T + carry
        da = dh[:, t] * (1 + h[t + 1]) * (1 - h[t + 1])
        dW += joined[t].T @ da
        carry = (da @ W.T)[:, D : D + H]
    grads = {"b_y": dy.sum((0, 1)), "W_hy": np.tensordot(states, dy, 2 * [[0, 1]])}
    grads.update(W_xh=dW[:D], W_hh=dW[D : D + H], b_h=dW[-1])
    return loss, dh, grads
