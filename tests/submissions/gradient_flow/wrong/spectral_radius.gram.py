def spectral_radius(W):
    return np.linalg.eigvalsh(W.T @ W).max()
