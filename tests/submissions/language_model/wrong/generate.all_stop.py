def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    x, h = np.full(B, start), h_0
    tokens = np.full((B, most), stop)
    for t in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        if stop in x:
            break
        tokens[:, t] = x
    return tokens, (tokens != stop).sum(axis=1)
