def spectral_radius(W):
    return np.linalg.norm(W, ord=2)
