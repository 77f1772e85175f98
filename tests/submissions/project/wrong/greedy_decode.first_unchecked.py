# The first token is taken before the loop, which looks for the stop token from the second one on.
def greedy_decode(step, h_0, start, stop, max_steps):
    scores, h = step(torch.full((len(h_0),), start), h_0)
    y = scores.argmax(dim=1)
    answers, going = [[token] for token in y.tolist()], [True] * len(h_0)
    for _ in range(max_steps - 1):
        scores, h = step(y, h)
        y = scores.argmax(dim=1)
        for b, token in enumerate(y.tolist()):
            going[b] = going[b] and token != stop
            if going[b]:
                answers[b].append(token)
    return answers
