def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens = np.full((B, T), stop)
    for t in range(T):
        drawn = sample(scores[:, t])
        if np.any(drawn == stop):
            break
        tokens[:, t] = drawn
    return tokens, (tokens != stop).sum(axis=1)
