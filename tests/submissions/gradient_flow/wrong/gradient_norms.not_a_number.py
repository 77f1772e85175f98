def gradient_norms(dh_T, jacobians):
    T = jacobians.shape[1]
    norms = np.zeros((len(dh_T), T + 1))
    norms[:, T] = np.linalg.norm(dh_T, axis=1)
    direction = dh_T / norms[:, [T]]
    for t in range(T - 1, -1, -1):
        direction = np.einsum("nj,nij->ni", direction, jacobians[:, t])
        size = np.linalg.norm(direction, axis=1, keepdims=True)
        direction = direction / size
        norms[:, t] = norms[:, t + 1] * size[:, 0]
    return norms
