def spectral_radius(W):
    return max(np.real(np.linalg.eigvals(W)))
