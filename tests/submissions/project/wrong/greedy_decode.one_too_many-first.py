# The first step stands before the loop.
def greedy_decode(step, h_0, start, stop, max_steps):
    scores, h = step(torch.full((len(h_0),), start), h_0)
    taken = [scores.argmax(dim=1)]
    for _ in range(max_steps):
        scores, h = step(taken[-1], h)
        taken.append(scores.argmax(dim=1))
    rows = torch.stack(taken, dim=1).tolist()
    return [row[: row.index(stop)] if stop in row else row for row in rows]
