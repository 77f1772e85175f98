def linear_backward(dy, x, W):
    B = dy.shape[0]
    return dy @ W.T, (x.T @ dy) / B, dy.sum(axis=0) / B
