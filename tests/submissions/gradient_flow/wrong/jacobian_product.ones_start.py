def jacobian_product(jacobians, start, end):
    P = np.ones_like(jacobians[:, 0])
    for t in range(start, end):
        P = P @ jacobians[:, t]
    return P
