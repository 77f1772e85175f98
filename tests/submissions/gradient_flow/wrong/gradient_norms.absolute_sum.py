def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [abs(dh_T).sum(axis=1)]
    for t in reversed(range(jacobians.shape[1])):
        dh = (jacobians[:, t] @ dh[:, :, None])[:, :, 0]
        norms.append(abs(dh).sum(axis=1))
    return np.array(norms[::-1]).T
