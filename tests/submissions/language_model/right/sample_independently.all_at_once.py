def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens = sample(scores.reshape(B * T, V)).reshape(B, T).copy()
    stopped = np.logical_or.accumulate(tokens == stop, axis=1)
    tokens[stopped] = stop
    return tokens, T - stopped.sum(axis=1)
