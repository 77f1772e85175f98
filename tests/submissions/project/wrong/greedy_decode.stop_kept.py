# The token is appended before the look at it.
def greedy_decode(step, h_0, start, stop, max_steps):
    B = len(h_0)
    y, h = torch.full((B,), start), h_0
    answers, going = [[] for _ in range(B)], [True] * B
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.argmax(dim=1)
        for b in range(B):
            if going[b]:
                answers[b].append(y[b].item())
                if y[b] == stop:
                    going[b] = False
    return answers
