def sample_independently(scores, stop, sample):
    T = scores.shape[1]
    tokens = np.stack([sample(scores.mean(axis=1)) for _ in range(T)], axis=1)
    stopped = np.maximum.accumulate(tokens == stop, axis=1)
    tokens[stopped] = stop
    return tokens, T - stopped.sum(axis=1)
