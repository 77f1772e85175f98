def readout_backward(dy, cache):
    h, W = (np.asarray(a, dtype=np.float32) for a in cache)
    rows = dy.reshape(-1, dy.shape[-1]).astype(np.float32)
    dh = (rows @ W.T).reshape(h.shape)
    return dh, h.reshape(len(rows), -1).T @ rows, np.ones(len(rows), np.float32) @ rows
