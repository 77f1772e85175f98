def sample_token(p, rng):
    rng = np.random.default_rng(0)
    return np.array([rng.choice(p.shape[1], p=row) for row in p])
