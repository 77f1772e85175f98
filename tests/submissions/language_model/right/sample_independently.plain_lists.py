def sample_independently(scores, stop, sample):
    rows = [list(map(int, row)) for row in zip(*(sample(scores[:, t]) for t in range(scores.shape[1])), strict=True)]
    lengths = [row.index(stop) if stop in row else len(row) for row in rows]
    return [row[:n] + [stop] * (len(row) - n) for row, n in zip(rows, lengths, strict=True)], lengths
