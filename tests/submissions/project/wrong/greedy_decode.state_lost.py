# The new state is thrown away.
def greedy_decode(step, h_0, start, stop, max_steps):
    y = torch.full((len(h_0),), start)
    columns = []
    for _ in range(max_steps):
        y = step(y, h_0)[0].argmax(dim=1)
        columns.append(y.tolist())
    return [list(row)[: row.index(stop) if stop in row else None] for row in zip(*columns)]
