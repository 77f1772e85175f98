# On the way back it is J transposed.
def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    P = np.stack([np.eye(H)] * B)
    for t in range(start, end):
        P = P @ np.swapaxes(jacobians[:, t], 1, 2)
    return P
