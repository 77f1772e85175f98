# The states are not sorted with their hypotheses: all go on from the best one of the step before.
def beam_search(step, h_0, start, stop, width, max_steps):
    beam, h = [([], 0.0)], h_0[None]
    for _ in range(max_steps):
        going = [one for one in beam if stop not in one[0]]
        if not going:
            break
        y = torch.tensor([tokens[-1] if tokens else start for tokens, _ in going])
        scores, h = step(y, h[:1].expand(len(going), -1))
        log_p = scores.log_softmax(dim=1).tolist()
        longer = [([*tokens, v], total + p) for (tokens, total), row in zip(going, log_p) for v, p in enumerate(row)]
        beam = sorted([one for one in beam if stop in one[0]] + longer, key=lambda one: -one[1])[:width]
    tokens, total = beam[0]
    return tokens[:-1] if tokens[-1] == stop else tokens, total
