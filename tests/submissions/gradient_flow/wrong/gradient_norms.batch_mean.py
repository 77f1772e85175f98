def gradient_norms(dh_T, jacobians):
    dh, norms = dh_T, [np.linalg.norm(dh_T, axis=1).mean()]
    for t in reversed(range(jacobians.shape[1])):
        dh = (jacobians[:, t] @ dh[:, :, None])[:, :, 0]
        norms.append(np.linalg.norm(dh, axis=1).mean())
    return np.array(norms[::-1])
