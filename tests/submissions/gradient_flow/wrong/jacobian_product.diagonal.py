def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for t in range(start, end):
        P = P * jacobians[:, t]
    return P
