def numerical_gradient(f, W, eps):
    out = np.zeros_like(W)
    for i in np.ndindex(*W.shape):
        above, below = W.copy(), W.copy()
        above[i] += eps
        below[i] -= eps
        out[i] = (f(below) - f(above)) / (2 * eps)
    return out
