def numerical_gradient(f, W, eps):
    return np.ones_like(W) * (f(W + eps) - f(W - eps)) / 2 / eps
