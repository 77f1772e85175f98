def numerical_gradient(f, W, eps):
    out = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        before = W[i]
        W[i] = before + eps
        above = f(W)
        W[i] = before - eps
        below = f(W)
        W[i] = before
        out[i] = (above - below) / (2 * eps)
    return out
