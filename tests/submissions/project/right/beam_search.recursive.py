# Recursive; of each hypothesis only the best `width` continuations, of which no more can be kept.
def beam_search(step, h_0, start, stop, width, max_steps):
    def go(beam, left):
        going = [one for one in beam if one[1][-1] != stop]
        if left == 0 or not going:
            return beam[0]
        scores, h = step(torch.tensor([tokens[-1] for _, tokens, _ in going]), torch.stack([one[2] for one in going]))
        values, indices = scores.log_softmax(-1).topk(min(width, scores.shape[-1]))
        longer = [
            (total + values[k, n].item(), tokens + (indices[k, n].item(),), h[k])
            for k, (total, tokens, _) in enumerate(going)
            for n in range(values.shape[1])
        ]
        ended = [one for one in beam if one[1][-1] == stop]
        return go(sorted(longer + ended, key=lambda one: one[0])[::-1][:width], left - 1)

    total, tokens, _ = go([(0.0, (start,), h_0)], max_steps)
    return [token for token in tokens[1:] if token != stop], np.float64(total)
