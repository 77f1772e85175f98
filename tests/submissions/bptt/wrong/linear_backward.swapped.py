def linear_backward(dy, x, W):
    dW = x.T @ dy
    dx = dy @ W.T
    return dW, dx, dy.sum(axis=0)
