def generate(step, h_0, start, stop, most, sample):
    x, h, rows = np.full(len(h_0), start), h_0, []
    for _ in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        rows.append(x)
    tokens = np.array(rows)
    ended = np.cumsum(tokens == stop, axis=0) > 0
    tokens[ended] = stop
    return tokens, (~ended).sum(axis=0)
