def linear_backward(dy, x, W):
    dW = dy.T @ x
    return dy @ W.T, dW, np.sum(dy, axis=0)
