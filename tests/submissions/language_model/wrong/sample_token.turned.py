def sample_token(p, rng):
    sums = np.cumsum(p, axis=1)
    u = rng.random((len(p), 1))
    return (sums[:, :-1] > u).sum(axis=1)
