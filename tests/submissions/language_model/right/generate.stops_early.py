def generate(step, h_0, start, stop, most, sample):
    rows, token, h = [[] for _ in h_0], [start] * len(h_0), h_0
    for _ in range(most):
        if all(stop in row for row in rows):
            break
        scores, h = step(np.array(token), h)
        token = [int(k) for k in sample(scores)]
        for row, k in zip(rows, token, strict=True):
            row.append(k)
    lengths = [row.index(stop) if stop in row else most for row in rows]
    return np.array([row[:n] + [stop] * (most - n) for row, n in zip(rows, lengths, strict=True)]), np.array(lengths)
