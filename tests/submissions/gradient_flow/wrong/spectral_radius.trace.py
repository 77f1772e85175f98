def spectral_radius(W):
    return sum(W[i, i] for i in range(len(W)))
