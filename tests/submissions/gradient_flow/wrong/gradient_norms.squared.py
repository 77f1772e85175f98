def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [(dh_T**2).sum(axis=1)]
    for t in reversed(range(jacobians.shape[1])):
        dh = (jacobians[:, t] @ dh[:, :, None])[:, :, 0]
        norms.append((dh**2).sum(axis=1))
    return np.array(norms[::-1]).T
