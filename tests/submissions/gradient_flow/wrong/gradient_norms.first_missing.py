def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    norms = np.zeros((B, T))
    for t in reversed(range(T)):
        norms[:, t] = np.linalg.norm(dh_T, axis=1)
        dh_T = np.einsum("bj,bij->bi", dh_T, jacobians[:, t])
    return norms
