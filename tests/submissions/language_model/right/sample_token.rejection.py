def sample_token(p, rng):
    tokens = rng.integers(p.shape[1], size=len(p))
    refused = np.arange(len(p))
    while True:
        refused = refused[rng.random(len(refused)) >= p[refused, tokens[refused]]]
        if len(refused) == 0:
            return tokens
        tokens[refused] = rng.integers(p.shape[1], size=len(refused))
