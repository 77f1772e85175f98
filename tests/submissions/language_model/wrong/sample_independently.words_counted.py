def sample_independently(scores, stop, sample):
    drawn = np.stack([sample(scores[:, t]) for t in range(scores.shape[1])], axis=1)
    tokens = drawn.copy()
    for row in tokens:
        seen = False
        for t in range(len(row)):
            seen = seen or row[t] == stop
            if seen:
                row[t] = stop
    return tokens, np.count_nonzero(drawn != stop, axis=1)
