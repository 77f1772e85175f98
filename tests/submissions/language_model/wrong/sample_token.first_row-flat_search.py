def sample_token(p, rng):
    u = rng.random(len(p))
    return np.searchsorted(np.cumsum(p), u * 1.0) % p.shape[1]
