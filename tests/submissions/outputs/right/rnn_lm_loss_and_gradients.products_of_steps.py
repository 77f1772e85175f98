def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    B, T, _ = x.shape
    states = [np.zeros((B, len(b_h)))]
    for t in range(T):
        states += [np.tanh(x[:, t].dot(W_xh) + states[t].dot(W_hh) + b_h)]
    h = np.stack(states[1:]).swapaxes(0, 1)
    loss, _, dy = loss_function(np.tensordot(h, W_hy, 1) + b_y, targets, lengths)
    own = np.tensordot(dy, W_hy, axes=(2, 1))
    slope = 1 - np.square(h)
    dh = np.empty_like(own)
    for n in range(B):
        for t in range(T):
            total, way = own[n, t].copy(), np.eye(len(b_h))
            for s in range(t + 1, T):
                way = way @ W_hh * slope[n, s]
                total += way @ own[n, s]
            dh[n, t] = total
    delta = dh * slope
    before = np.stack(states[:-1]).swapaxes(0, 1)
    outer = lambda a, b: np.tensordot(a, b, axes=((0, 1), (0, 1)))
    gradients = dict(b_y=dy.sum((0, 1)), W_hy=outer(h, dy), b_h=delta.sum((0, 1)), W_hh=outer(before, delta), W_xh=outer(x, delta))
    return loss, dh, gradients
