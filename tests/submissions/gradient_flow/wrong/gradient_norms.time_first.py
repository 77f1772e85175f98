def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [np.linalg.norm(dh_T, axis=1)]
    for t in reversed(range(jacobians.shape[1])):
        dh = np.einsum("bj,bij->bi", dh, jacobians[:, t])
        norms.append(np.linalg.norm(dh, axis=1))
    return np.stack(norms[::-1])
