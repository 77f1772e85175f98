def sample_token(p, rng):
    B, V = p.shape
    return np.array([rng.choice(V) for _ in range(B)])
