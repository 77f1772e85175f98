def sample_token(p, rng):
    return (p * rng.random(p.shape)).argmax(axis=1)
