# Begins with `width` copies of the empty hypothesis, which stay copies.
def beam_search(step, h_0, start, stop, width, max_steps):
    tokens = [[] for _ in range(width)]
    totals = torch.zeros(width)
    h, y, ended = h_0.repeat(width, 1), torch.full((width,), start), torch.zeros(width, dtype=torch.bool)
    for _ in range(max_steps):
        scores, h = step(y, h)
        log_p = scores.log_softmax(dim=1)
        log_p[ended] = -torch.inf
        log_p[ended, stop] = 0.0
        V = log_p.shape[1]
        totals, best = (totals[:, None] + log_p).flatten().topk(width)
        parents, y = best // V, best % V
        tokens = [tokens[p] if ended[p] else [*tokens[p], v] for p, v in zip(parents.tolist(), y.tolist())]
        h, ended = h[parents], ended[parents] | (y == stop)
        if ended.all():
            break
    return [v for v in tokens[0] if v != stop], totals[0].item()
