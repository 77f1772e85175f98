def numerical_gradient(f, W, eps):
    out = np.zeros_like(W)
    for i in np.ndindex(*W.shape):
        above, below = W.copy(), W.copy()
        above[i] += 1e-6
        below[i] -= 1e-6
        out[i] = (f(above) - f(below)) / 2e-6
    return out
