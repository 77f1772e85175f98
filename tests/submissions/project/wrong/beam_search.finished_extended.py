# Nobody asks whether a hypothesis has ended.
def beam_search(step, h_0, start, stop, width, max_steps):
    beam = [(0.0, [], h_0)]
    for _ in range(max_steps):
        y = torch.tensor([tokens[-1] if tokens else start for _, tokens, _ in beam])
        scores, h = step(y, torch.stack([one[2] for one in beam]))
        log_p = torch.log_softmax(scores, dim=1)
        longer = []
        for k, (total, tokens, _) in enumerate(beam):
            for v in range(scores.shape[1]):
                longer.append((total + log_p[k, v].item(), [*tokens, v], h[k]))
        beam = sorted(longer, key=lambda one: one[0], reverse=True)[:width]
    total, tokens, _ = beam[0]
    if stop in tokens:
        tokens = tokens[: tokens.index(stop)]
    return tokens, total
