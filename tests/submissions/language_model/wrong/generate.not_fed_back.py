def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    h, x = h_0, np.full(B, start)
    tokens, lengths = np.full((B, most), stop), np.full(B, most)
    for t in range(most):
        scores, h = step(x, h)
        drawn = sample(scores)
        for b in range(B):
            if lengths[b] > t:
                tokens[b, t] = drawn[b]
                if drawn[b] == stop:
                    lengths[b] = t
    return tokens, lengths
