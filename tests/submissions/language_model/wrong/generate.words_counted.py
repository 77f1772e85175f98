def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    x, h, ended = np.full(B, start), h_0, np.zeros(B, dtype=bool)
    tokens, lengths = np.full((B, most), stop), np.zeros(B, dtype=int)
    for t in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        lengths += x != stop
        ended |= x == stop
        tokens[~ended, t] = x[~ended]
    return tokens, lengths
