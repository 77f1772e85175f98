def spectral_radius(W):
    values = np.linalg.eigvals(W)
    return np.max(np.abs(values[np.isreal(values)]), initial=0.0)
