def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    norms = [np.linalg.norm(dh_T, axis=1)]
    dh = dh_T[:, :, None]
    for t in range(T):
        dh = jacobians[:, t] @ dh
        norms.insert(0, np.linalg.norm(dh[:, :, 0], axis=1))
    return np.stack(norms, axis=1)
