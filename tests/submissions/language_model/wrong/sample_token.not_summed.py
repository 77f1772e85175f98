def sample_token(p, rng):
    tokens = []
    for row in p:
        u = rng.random()
        for k in range(len(row)):
            if row[k] > u:
                tokens.append(k)
                break
        else:
            tokens.append(0)
    return np.array(tokens)
