# any() instead of all().
def greedy_decode(step, h_0, start, stop, max_steps):
    h, y = h_0, torch.full((len(h_0),), start)
    answers = [[] for _ in h_0]
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.argmax(dim=1)
        if (y == stop).any():
            break
        for answer, token in zip(answers, y.tolist()):
            answer.append(token)
    return answers
