def numerical_gradient(f, W, eps):
    g = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        plus, minus = W, W
        plus[i] += eps
        minus[i] -= eps
        g[i] = (f(plus) - f(minus)) / (2 * eps)
    return g
