def spectral_radius(W):
    return sorted(np.abs(np.linalg.eigvals(W)))[0]
