def spectral_radius(W):
    return abs(np.linalg.eigvals(W).sum())
