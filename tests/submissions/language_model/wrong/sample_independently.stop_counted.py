def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens, lengths = np.full((B, T), stop), np.zeros(B, dtype=int)
    running = np.ones(B, dtype=bool)
    for t in range(T):
        drawn = sample(scores[:, t])
        tokens[running, t] = drawn[running]
        lengths += running
        running &= drawn != stop
    return tokens, lengths
