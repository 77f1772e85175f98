def sample_independently(scores, stop, sample):
    B, T, _ = scores.shape
    tokens = np.stack([sample(scores[:, t]) for t in range(T)], axis=1)
    lengths = (tokens == stop).argmax(axis=1)
    for b in range(B):
        tokens[b, lengths[b] :] = stop
    return tokens, lengths
