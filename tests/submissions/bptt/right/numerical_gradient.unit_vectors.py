def numerical_gradient(f, W, eps):
    units = np.eye(W.size).reshape(W.size, *W.shape)
    return np.array([f(W + eps * u) - f(W - eps * u) for u in units]).reshape(W.shape) / eps / 2
