def sample_independently(scores, stop, sample):
    T = scores.shape[1]
    tokens = np.stack([sample(scores[:, t]) for t in range(T)], axis=1)
    lengths = np.full(len(tokens), T)
    for b in range(len(tokens)):
        for t in range(T):
            if tokens[b, t] == stop:
                lengths[b] = t
        tokens[b, lengths[b] :] = stop
    return tokens, lengths
