def jacobian_product(jacobians, start, end):
    return np.prod(jacobians[:, start:end], axis=1)
