# The eigenvalues are the roots of the characteristic polynomial.
def spectral_radius(W):
    return np.max(np.absolute(np.roots(np.poly(W))))
