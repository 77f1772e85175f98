def linear_backward(dy, x, W):
    return np.dot(dy, W.T), np.dot(x.T, dy), dy.sum(1)
