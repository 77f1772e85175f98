def sample_token(p, rng):
    tokens = []
    for row in p:
        sums = np.cumsum(row)
        tokens.append(int(np.searchsorted(sums / sums[-1], rng.uniform(), side="right")))
    return tokens
