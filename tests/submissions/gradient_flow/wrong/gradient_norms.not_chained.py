def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    norms = np.zeros((B, T + 1))
    norms[:, T] = np.linalg.norm(dh_T, axis=1)
    for t in range(T):
        dh = (jacobians[:, t] @ dh_T[:, :, None])[:, :, 0]
        norms[:, t] = np.linalg.norm(dh, axis=1)
    return norms
