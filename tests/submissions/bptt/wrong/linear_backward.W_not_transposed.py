def linear_backward(dy, x, W):
    dx = dy @ W
    return dx, x.T @ dy, np.sum(dy, axis=0)
