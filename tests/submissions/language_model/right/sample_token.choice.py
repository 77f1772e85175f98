def sample_token(p, rng):
    return np.array([rng.choice(len(row), p=row) for row in p])
