def spectral_radius(W):
    return np.abs(np.linalg.eigvals(W)).sum()
