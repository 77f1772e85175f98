def generate(step, h_0, start, stop, most, sample):
    x, rows = np.full(len(h_0), start), []
    for _ in range(most):
        scores, h = step(x, h_0)
        x = sample(scores)
        rows.append(x)
    tokens = np.array(rows).T
    ended = np.logical_or.accumulate(tokens == stop, axis=1)
    tokens[ended] = stop
    return tokens, most - ended.sum(axis=1)
