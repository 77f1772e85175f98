def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    tokens = np.full((B, most), stop)
    h, running = h_0, np.ones(B, dtype=bool)
    for t in range(most):
        scores, h = step(tokens[:, t - 1], h)
        drawn = sample(scores)
        running &= drawn != stop
        tokens[running, t] = drawn[running]
    return tokens, (tokens != stop).sum(axis=1)
