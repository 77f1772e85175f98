def numerical_gradient(f, W, eps):
    g = np.zeros(W.shape)
    here = f(W)
    for i in np.ndindex(W.shape):
        V = np.array(W)
        V[i] -= eps
        g[i] = (here - f(V)) / eps
    return g
