def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [np.linalg.norm(dh_T, axis=1)]
    for t in reversed(range(jacobians.shape[1])):
        dh = np.einsum("bj,bij->bi", dh, jacobians[:, t])
        norms.append(np.linalg.norm(dh, axis=1))
    norms = np.stack(norms[::-1], axis=1)
    return norms / norms[:, -1:]
