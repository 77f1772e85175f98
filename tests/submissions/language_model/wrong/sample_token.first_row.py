def sample_token(p, rng):
    u = rng.random(len(p))
    return np.minimum(np.searchsorted(np.cumsum(p[0]), u, side="right"), p.shape[1] - 1)
