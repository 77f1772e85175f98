# Those that have ended fall out of the beam.
def beam_search(step, h_0, start, stop, width, max_steps):
    beam = [(0.0, [], h_0)]
    for _ in range(max_steps):
        longer = []
        for total, tokens, h in beam:
            if tokens and tokens[-1] == stop:
                continue
            scores, new = step(torch.tensor(tokens[-1:] or [start]), h[None])
            for v, p in enumerate(scores[0].log_softmax(0).tolist()):
                longer.append((total + p, [*tokens, v], new[0]))
        if not longer:
            break
        beam = sorted(longer, key=lambda one: one[0], reverse=True)[:width]
    total, tokens, _ = beam[0]
    return [v for v in tokens if v != stop], total
