def numerical_gradient(f, W, eps):
    out = np.zeros_like(W)
    for i in np.ndindex(*W.shape):
        W[i] = W[i] + eps
        above = f(W)
        W[i] = W[i] - 2 * eps
        below = f(W)
        out[i] = (above - below) / (2 * eps)
    return out
