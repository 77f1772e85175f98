def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    norms = np.zeros((B, T + 1))
    dh = dh_T
    norms[:, T] = np.sqrt((dh**2).sum(1))
    for t in range(T - 1, -1, -1):
        dh = np.einsum("bi,bij->bj", dh, jacobians[:, t])
        norms[:, t] = np.sqrt((dh**2).sum(1))
    return norms
