def sample_token(p, rng):
    u = rng.random(len(p))
    before = p.copy()
    for k in range(1, p.shape[1]):
        p[:, k] += p[:, k - 1]
    return np.array([int(np.argmax(np.cumsum(row) > x)) for row, x in zip(before, u)])
