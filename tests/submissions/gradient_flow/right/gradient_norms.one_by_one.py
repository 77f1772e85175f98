def gradient_norms(dh_T, jacobians):
    B, T = jacobians.shape[:2]
    norms = np.zeros((B, T + 1))
    for n in range(B):
        dh = dh_T[n].copy()
        norms[n, T] = np.sqrt(dh @ dh)
        for t in range(T, 0, -1):
            dh = dh @ jacobians[n, t - 1].T
            norms[n, t - 1] = np.sqrt(dh @ dh)
    return norms
