# matmul keeps the batch axis.
def readout_backward(dy, cache):
    h, W = cache
    dW = np.matmul(np.transpose(h, (0, 2, 1)), dy)
    return np.matmul(dy, W.T), dW, dy.sum(0).sum(0)
