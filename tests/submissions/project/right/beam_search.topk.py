# Tensors and topk; those that have ended get a stop token of probability 1.
def beam_search(step, h_0, start, stop, width, max_steps):
    totals, tokens = h_0.new_zeros(1), torch.empty(1, 0, dtype=torch.long)
    h, y, ended = h_0[None], torch.tensor([start]), torch.tensor([False])
    for _ in range(max_steps):
        scores, h = step(y, h)
        V = scores.shape[1]
        log_p = scores - scores.logsumexp(dim=1, keepdim=True)
        silent = torch.full((V,), -torch.inf, dtype=log_p.dtype)
        silent[stop] = 0
        log_p = torch.where(ended[:, None], silent, log_p)
        sums = (totals[:, None] + log_p).view(-1)
        totals, best = sums.topk(min(width, len(sums)))
        parents, y = torch.div(best, V, rounding_mode="floor"), best.remainder(V)
        tokens = torch.cat([tokens[parents], y[:, None]], dim=1)
        h, ended = h[parents], ended[parents] | (y == stop)
        if ended.all():
            break
    return [v for v in tokens[0].tolist() if v != stop], totals[0]
