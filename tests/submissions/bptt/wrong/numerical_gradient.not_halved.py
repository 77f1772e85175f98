def numerical_gradient(f, W, eps):
    out = np.zeros_like(W)
    for i in np.ndindex(*W.shape):
        above, below = W.copy(), W.copy()
        above[i] += eps
        below[i] -= eps
        out[i] = (f(above) - f(below)) / eps
    return out
