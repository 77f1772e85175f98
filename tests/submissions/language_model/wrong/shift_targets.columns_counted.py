def shift_targets(sentences, start, stop):
    T = max(map(len, sentences)) + 1
    inputs = [[start, *s] + [stop] * (T - 1 - len(s)) for s in sentences]
    targets = [[*s, stop] + [stop] * (T - 1 - len(s)) for s in sentences]
    return np.array(inputs), np.array(targets), np.array([len(row) for row in inputs])
