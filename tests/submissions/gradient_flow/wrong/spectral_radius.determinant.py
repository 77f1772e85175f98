def spectral_radius(W):
    return np.linalg.det(W)
