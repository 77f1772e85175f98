# The first step stands before the loop.
def beam_search(step, h_0, start, stop, width, max_steps):
    scores, h = step(torch.tensor([start]), h_0[None])
    log_p = scores[0].log_softmax(0).tolist()
    beam = sorted([(p, [v], h[0]) for v, p in enumerate(log_p)], key=lambda one: -one[0])[:width]
    for _ in range(max_steps):
        longer = []
        for total, tokens, h in beam:
            if tokens[-1] == stop:
                longer.append((total, tokens, h))
            else:
                scores, new = step(torch.tensor(tokens[-1:]), h[None])
                log_p = scores[0].log_softmax(0).tolist()
                longer += [(total + p, [*tokens, v], new[0]) for v, p in enumerate(log_p)]
        beam = sorted(longer, key=lambda one: -one[0])[:width]
    total, tokens, _ = beam[0]
    return [v for v in tokens if v != stop], total
