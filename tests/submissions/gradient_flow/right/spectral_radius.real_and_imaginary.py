def spectral_radius(W):
    values, _ = np.linalg.eig(W.T)
    return float(max(np.hypot(v.real, v.imag) for v in values))
