def jacobian_product(jacobians, start, end):
    if start == end:
        return np.repeat(np.eye(jacobians.shape[-1])[None], len(jacobians), axis=0)
    return jacobians[:, start] @ jacobian_product(jacobians, start + 1, end)
