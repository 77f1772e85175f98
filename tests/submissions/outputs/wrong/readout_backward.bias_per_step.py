def readout_backward(dy, cache):
    h, W = cache
    return dy @ W.T, np.tensordot(h, dy, axes=([0, 1], [0, 1])), np.sum(dy, axis=0)
