def numerical_gradient(f, W, eps):
    base = f(W)
    out = np.zeros_like(W)
    for i in np.ndindex(*W.shape):
        moved = W.copy()
        moved[i] += eps
        out[i] = (f(moved) - base) / eps
    return out
