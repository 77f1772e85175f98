# The largest one comes first, as with singular values.
def spectral_radius(W):
    return abs(np.linalg.eigvals(W)[0])
