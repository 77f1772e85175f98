def spectral_radius(W):
    return abs(max(np.linalg.eigvals(W), key=lambda v: v.real))
