def spectral_radius(W):
    return max(abs(W.diagonal()))
