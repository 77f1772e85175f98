def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for t in range(start, end):
        if t > 0:
            P = P @ jacobians[:, t - 1]
    return P
