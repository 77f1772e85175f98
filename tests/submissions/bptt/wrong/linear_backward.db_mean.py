def linear_backward(dy, x, W):
    return np.dot(dy, W.T), np.dot(x.T, dy), np.mean(dy, axis=0)
