def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    norms = np.zeros((B, T + 1))
    for n in range(B):
        norms[n, T] = np.linalg.norm(dh_T[n])
        for t in reversed(range(T)):
            norms[n, t] = norms[n, t + 1] * np.linalg.norm(jacobians[n, t], 2)
    return norms
