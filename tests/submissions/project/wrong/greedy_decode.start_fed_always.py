# w_prev is never set.
def greedy_decode(step, h_0, start, stop, max_steps):
    h, w_prev = h_0, torch.full((len(h_0),), start)
    answers, going = [[] for _ in h_0], [True for _ in h_0]
    for _ in range(max_steps):
        scores, h = step(w_prev, h)
        for b, token in enumerate(scores.argmax(dim=1).tolist()):
            going[b] = going[b] and token != stop
            if going[b]:
                answers[b].append(token)
    return answers
