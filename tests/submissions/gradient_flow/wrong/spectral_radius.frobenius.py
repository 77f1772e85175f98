def spectral_radius(W):
    return np.sqrt((W**2).sum())
