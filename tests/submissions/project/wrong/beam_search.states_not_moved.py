# topk for tokens and sums, but the states stay in their old rows.
def beam_search(step, h_0, start, stop, width, max_steps):
    tokens, totals = [[]], torch.zeros(1)
    h, y, ended = h_0[None], torch.tensor([start]), torch.tensor([False])
    for _ in range(max_steps):
        scores, h = step(y, h)
        log_p = scores.log_softmax(dim=1)
        log_p[ended] = -torch.inf
        log_p[ended, stop] = 0.0
        V = log_p.shape[1]
        sums = (totals[:, None] + log_p).flatten()
        totals, best = sums.topk(min(width, len(sums)))
        parents, y = best // V, best % V
        tokens = [tokens[p] if ended[p] else [*tokens[p], v] for p, v in zip(parents.tolist(), y.tolist())]
        ended = ended[parents] | (y == stop)
        h = h[torch.arange(len(y)).clamp(max=len(h) - 1)]
        if ended.all():
            break
    return [v for v in tokens[0] if v != stop], totals[0].item()
