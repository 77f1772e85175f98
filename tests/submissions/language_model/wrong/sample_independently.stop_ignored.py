def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens = np.zeros((B, T), dtype=int)
    for t in range(T):
        tokens[:, t] = sample(scores[:, t])
    return tokens, np.full(B, T)
