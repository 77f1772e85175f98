def sample_token(p, rng):
    return np.array([np.random.choice(p.shape[1], p=row) for row in p])
