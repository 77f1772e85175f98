# As in a linear network.
def jacobian_product(jacobians, start, end):
    return np.stack([np.linalg.matrix_power(J[start], end - start) for J in jacobians])
