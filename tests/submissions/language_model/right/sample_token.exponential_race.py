def sample_token(p, rng):
    return (rng.standard_exponential(p.shape) / p).argmin(axis=1)
