# The stop token adds nothing to the sum.
def beam_search(step, h_0, start, stop, width, max_steps):
    beam = [(0.0, [start], h_0)]
    for _ in range(max_steps):
        candidates = []
        for total, tokens, h in beam:
            if tokens[-1] == stop:
                candidates.append((total, tokens, h))
                continue
            scores, h_new = step(torch.tensor([tokens[-1]]), h.unsqueeze(0))
            log_p = scores[0].log_softmax(dim=0)
            for v in range(len(log_p)):
                gain = 0.0 if v == stop else log_p[v].item()
                candidates.append((total + gain, [*tokens, v], h_new[0]))
        candidates = sorted(candidates, key=lambda c: c[0], reverse=True)
        beam = candidates[:width]
        if all(c[1][-1] == stop for c in beam):
            break
    total, tokens, _ = beam[0]
    return [t for t in tokens[1:] if t != stop], total
