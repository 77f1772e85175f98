def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens = np.zeros((B, T), dtype=int)
    for t in range(T):
        tokens[:, t] = sample(scores[:, t])
    lengths = np.where((tokens == stop).any(axis=1), (tokens == stop).argmax(axis=1), T)
    return tokens, lengths
