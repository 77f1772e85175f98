def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    t = end - 1
    while t > start:
        P = jacobians[:, t] @ P
        t -= 1
    return P
