def spectral_radius(W):
    values = np.linalg.eigvals(W)
    return max(values.real**2 + values.imag**2)
