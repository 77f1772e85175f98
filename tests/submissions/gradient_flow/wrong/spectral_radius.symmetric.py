def spectral_radius(W):
    return np.abs(np.linalg.eigvalsh(W)).max()
