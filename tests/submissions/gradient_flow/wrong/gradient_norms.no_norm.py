def gradient_norms(dh_T, jacobians):
    out = [dh_T]
    for t in reversed(range(jacobians.shape[1])):
        out.insert(0, np.einsum("bj,bij->bi", out[0], jacobians[:, t]))
    return np.stack(out, axis=1)
