def spectral_radius(W):
    return np.sort(np.abs(np.linalg.eigvals(W.astype(np.float32))))[-1]
