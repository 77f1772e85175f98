def spectral_radius(W):
    return np.max(np.abs(np.real(np.linalg.eig(W)[0])))
