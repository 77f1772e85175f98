def jacobian_product(jacobians, start, end):
    if start == end:
        return np.stack([np.eye(jacobians.shape[-1])] * len(jacobians))
    return jacobian_product(jacobians, start + 1, end) @ jacobians[:, start]
