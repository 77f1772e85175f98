def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    tokens = np.full((B, most + 1), stop)
    tokens[:, 0] = start
    h, running = h_0, np.ones(B, dtype=bool)
    for t in range(most):
        scores, h = step(tokens[:, t], h)
        drawn = sample(scores)
        running &= drawn != stop
        tokens[running, t + 1] = drawn[running]
    return tokens, (tokens != stop).sum(axis=1)
