# Later matrices on the left, as for column vectors.
def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for t in range(start, end):
        P = jacobians[:, t] @ P
    return P
