def sample_token(p, rng):
    u = rng.random()
    tokens = []
    for row in p:
        tokens.append(int(np.argmax(np.cumsum(row) > u)))
    return np.array(tokens)
