def jacobian_product(jacobians, start, end):
    return np.sum(jacobians[:, start:end], axis=1)
