def spectral_radius(W):
    return np.linalg.svd(W, compute_uv=False)[0]
