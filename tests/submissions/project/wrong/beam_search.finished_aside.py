# Those that have ended are put aside and leave their places in the beam to others.
def beam_search(step, h_0, start, stop, width, max_steps):
    beam, finished = [(0.0, [start], h_0)], []
    for _ in range(max_steps):
        candidates = []
        for total, tokens, h in beam:
            scores, new = step(torch.tensor([tokens[-1]]), h[None])
            for v, p in enumerate(scores[0].log_softmax(0).tolist()):
                candidates.append((total + p, [*tokens, v], new[0]))
        candidates.sort(key=lambda one: one[0], reverse=True)
        beam = []
        for one in candidates:
            if len(beam) == width:
                break
            (finished if one[1][-1] == stop else beam).append(one)
        if not beam:
            break
    total, tokens, _ = max(finished + beam, key=lambda one: one[0])
    return [v for v in tokens[1:] if v != stop], total
