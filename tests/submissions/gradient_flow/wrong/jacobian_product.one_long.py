def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for J in np.moveaxis(jacobians, 1, 0)[start : end + 1]:
        P = P @ J
    return P
