def spectral_radius(W):
    values, vectors = np.linalg.eig(W)
    return np.max(values)
