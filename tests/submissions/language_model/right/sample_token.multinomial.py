def sample_token(p, rng):
    return rng.multinomial(1, p).argmax(axis=1)
