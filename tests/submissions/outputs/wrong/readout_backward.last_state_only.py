def readout_backward(dy, cache):
    h, W_hy = cache
    B, T, H = h.shape
    dh = np.zeros_like(h)
    dW_hy = np.zeros_like(W_hy)
    db_y = np.zeros(W_hy.shape[1])
    for t in range(T):
        dW_hy += h[:, t].T @ dy[:, t]
        db_y += dy[:, t].sum(axis=0)
    dh[:, T - 1] = dy[:, T - 1] @ W_hy.T
    return dh, dW_hy, db_y
