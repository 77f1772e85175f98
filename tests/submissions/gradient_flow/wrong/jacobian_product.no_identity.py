def jacobian_product(jacobians, start, end):
    P = jacobians[:, start]
    for t in range(start + 1, end):
        P = P @ jacobians[:, t]
    return P
