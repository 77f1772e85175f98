# while steps <= max_steps.
def greedy_decode(step, h_0, start, stop, max_steps):
    h, y = h_0, torch.full((len(h_0),), start)
    rows = [[] for _ in range(len(h_0))]
    steps = 0
    while steps <= max_steps:
        scores, h = step(y, h)
        y = scores.max(dim=1).indices
        for row, token in zip(rows, y.tolist()):
            row.append(token)
        steps += 1
    return [row[: row.index(stop)] if stop in row else row for row in rows]
