# J_t has the number of the state that it leads to.
def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for t in range(start + 1, min(end + 1, T)):
        P = P @ jacobians[:, t]
    return P
