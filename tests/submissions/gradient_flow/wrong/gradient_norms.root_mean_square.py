def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [np.sqrt((dh_T**2).mean(axis=1))]
    for t in reversed(range(jacobians.shape[1])):
        dh = (jacobians[:, t] @ dh[:, :, None])[:, :, 0]
        norms.append(np.sqrt((dh**2).mean(axis=1)))
    return np.array(norms[::-1]).T
