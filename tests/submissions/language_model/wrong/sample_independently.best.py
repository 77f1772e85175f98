def sample_independently(scores, stop, sample):
    tokens = np.argmax(scores, axis=-1)
    lengths = []
    for row in tokens:
        where = np.flatnonzero(row == stop)
        n = where[0] if len(where) else len(row)
        row[n:] = stop
        lengths.append(n)
    return tokens, np.array(lengths)
