def generate(step, h_0, start, stop, most, sample):
    x, h, columns = np.full(len(h_0), start), h_0, []
    ended = np.zeros(len(h_0), dtype=bool)
    while len(columns) < most and not ended.all():
        scores, h = step(x, h)
        x = np.where(ended, stop, sample(scores))
        ended |= x == stop
        columns.append(x)
    tokens = np.stack(columns, axis=1)
    return tokens, (tokens != stop).sum(axis=1)
