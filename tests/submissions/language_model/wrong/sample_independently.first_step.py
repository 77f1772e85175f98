def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens = np.full((B, T), stop)
    lengths = np.full(B, T)
    for t in range(T):
        drawn = sample(scores[:, 0])
        for b in range(B):
            if t < lengths[b]:
                tokens[b, t] = drawn[b]
                if drawn[b] == stop:
                    lengths[b] = t
    return tokens, lengths
