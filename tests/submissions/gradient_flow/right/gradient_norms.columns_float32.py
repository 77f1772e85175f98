def gradient_norms(dh_T, jacobians):
    column = dh_T.astype(np.float32)[:, :, None]
    kept = [column]
    for t in range(jacobians.shape[1] - 1, -1, -1):
        column = jacobians[:, t].astype(np.float32) @ column
        kept.insert(0, column)
    return np.linalg.norm(np.concatenate(kept, axis=2), axis=1)
