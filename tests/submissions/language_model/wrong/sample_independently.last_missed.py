def sample_independently(scores, stop, sample):
    B, T, _ = scores.shape
    tokens = np.stack([sample(scores[:, t]) for t in range(T)], axis=1)
    lengths = np.full(B, T)
    for b in range(B):
        for t in range(T - 1):
            if tokens[b, t] == stop:
                lengths[b] = t
                tokens[b, t:] = stop
                break
    return tokens, lengths
