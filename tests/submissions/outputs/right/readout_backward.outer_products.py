def readout_backward(dy, cache):
    h, W_hy = cache
    B, T, C = dy.shape
    dW, db = np.zeros(W_hy.shape), np.zeros(C)
    dh = np.empty(h.shape)
    for n in range(B):
        for t in range(T):
            dW += np.outer(h[n, t], dy[n, t])
            db += dy[n, t]
            dh[n, t] = W_hy @ dy[n, t]
    return [dh, dW, db]
