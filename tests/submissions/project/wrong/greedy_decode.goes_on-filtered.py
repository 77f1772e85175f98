# The same with a filter at the end.
def greedy_decode(step, h_0, start, stop, max_steps):
    h, y, taken = h_0, torch.full((len(h_0),), start), []
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.argmax(dim=1)
        taken.append(y)
    return [[int(token) for token in row if token != stop] for row in torch.stack(taken).T]
