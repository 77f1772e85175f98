def sample_token(p, rng):
    tokens = []
    for row in p:
        u, total, k = rng.random(), 0.0, 0
        while total <= u and k < len(row):
            total += row[k]
            k += 1
        tokens.append(min(k, len(row) - 1))
    return np.array(tokens)
