def jacobian_product(jacobians, start, end):
    if end == start:
        return np.broadcast_to(np.eye(jacobians.shape[2]), jacobians[:, 0].shape)
    if end == start + 1:
        return jacobians[:, start]
    middle = (start + end) // 2
    return jacobian_product(jacobians, start, middle) @ jacobian_product(jacobians, middle, end)
