def sample_independently(scores, stop, sample):
    tokens = np.stack([sample(scores[:, t]) for t in range(scores.shape[1])])
    stopped = np.cumsum(tokens == stop, axis=0) > 0
    tokens[stopped] = stop
    return tokens, (~stopped).sum(axis=0)
