# The answers begin with the start token.
def greedy_decode(step, h_0, start, stop, max_steps):
    answers = [[start] for _ in range(len(h_0))]
    h, y = h_0, torch.full((len(h_0),), start)
    ended = torch.zeros(len(h_0), dtype=torch.bool)
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.argmax(dim=-1)
        ended = ended | (y == stop)
        for b in torch.where(~ended)[0].tolist():
            answers[b].append(int(y[b]))
    return answers
