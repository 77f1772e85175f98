def spectral_radius(W):
    return np.max(np.abs(W))
