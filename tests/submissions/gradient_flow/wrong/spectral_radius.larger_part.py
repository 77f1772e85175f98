def spectral_radius(W):
    values = np.linalg.eigvals(W)
    return max(np.abs(values.real).max(), np.abs(values.imag).max())
