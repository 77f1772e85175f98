def spectral_radius(W):
    return np.prod(np.abs(np.linalg.eigvals(W)))
