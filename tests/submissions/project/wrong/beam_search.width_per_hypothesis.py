# A beam of the best `width` first tokens, each of which goes its own way.
def beam_search(step, h_0, start, stop, width, max_steps):
    def best_of(tokens, h):
        scores, h = step(torch.tensor([tokens[-1] if tokens else start]), h[None])
        values, indices = scores[0].log_softmax(0).sort(descending=True)
        return values.tolist(), indices.tolist(), h[0]

    values, indices, h = best_of([], h_0)
    beam = [([v], value, h) for value, v in zip(values[:width], indices[:width])]
    for _ in range(max_steps - 1):
        if all(tokens[-1] == stop for tokens, _, _ in beam):
            break
        longer = []
        going = sum(tokens[-1] != stop for tokens, _, _ in beam)
        for tokens, total, h in beam:
            if tokens[-1] == stop:
                longer.append((tokens, total, h))
                continue
            values, indices, new = best_of(tokens, h)
            many = 1 if going > 1 else width
            longer += [([*tokens, v], total + value, new) for value, v in zip(values[:many], indices[:many])]
        beam = sorted(longer, key=lambda one: one[1], reverse=True)[:width]
    tokens, total, _ = beam[0]
    return [v for v in tokens if v != stop], total
