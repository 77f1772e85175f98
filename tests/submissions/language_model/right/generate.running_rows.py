def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    tokens = np.full((B, most + 1), stop)
    tokens[:, 0] = start
    h, rows = h_0.copy(), np.arange(B)
    for t in range(most):
        scores, h[rows] = step(tokens[rows, t], h[rows])
        tokens[rows, t + 1] = sample(scores)
        rows = rows[tokens[rows, t + 1] != stop]
        if len(rows) == 0:
            break
    return tokens[:, 1:], np.count_nonzero(tokens[:, 1:] != stop, axis=1)
