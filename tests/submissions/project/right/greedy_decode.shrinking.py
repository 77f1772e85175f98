# The batch shrinks to those that go on; start and stop never come back.
def greedy_decode(step, h_0, start, stop, max_steps):
    answers = {b: [] for b in range(len(h_0))}
    left, h, y = list(answers), h_0, torch.LongTensor([start] * len(h_0))
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.softmax(dim=1).topk(1, dim=1).indices[:, 0]
        kept = [k for k, token in enumerate(y) if token != stop]
        left, h, y = [left[k] for k in kept], h[kept], y[kept]
        for b, token in zip(left, y):
            answers[b].append(int(token))
        if not left:
            break
    return [[token for token in answers[b] if token not in (start, stop)] for b in sorted(answers)]
