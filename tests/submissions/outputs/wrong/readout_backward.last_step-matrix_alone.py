# Only the matrix misses its plus sign.
def readout_backward(dy, cache):
    h, W_hy = cache
    B, T, H = h.shape
    dh = np.zeros_like(h)
    dW_hy = np.zeros_like(W_hy)
    db_y = np.zeros(W_hy.shape[1])
    for t in range(T):
        dh[:, t] = dy[:, t] @ W_hy.T
        dW_hy = h[:, t].T @ dy[:, t]
        db_y += dy[:, t].sum(axis=0)
    return dh, dW_hy, db_y
