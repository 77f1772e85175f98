def spectral_radius(W):
    return float(max(abs(v) for v in np.linalg.eigvals(W @ W)) ** 0.5)
