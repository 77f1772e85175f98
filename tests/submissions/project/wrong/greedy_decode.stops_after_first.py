# The loop ends when not all go on, instead of when none does.
def greedy_decode(step, h_0, start, stop, max_steps):
    h, w = h_0, torch.full((len(h_0),), start)
    answers = [[] for _ in h_0]
    going = [True] * len(h_0)
    for _ in range(max_steps):
        scores, h = step(w, h)
        w = scores.argmax(dim=1)
        for b, token in enumerate(w.tolist()):
            going[b] = going[b] and token != stop
            if going[b]:
                answers[b].append(token)
        if not all(going):
            break
    return answers
