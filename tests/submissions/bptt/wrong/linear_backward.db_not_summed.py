def linear_backward(dy, x, W):
    dx = np.dot(dy, W.T)
    dW = np.dot(x.T, dy)
    db = dy
    return dx, dW, db
