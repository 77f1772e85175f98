def shift_targets(sentences, start, stop):
    lengths = np.array([len(s) + 1 for s in sentences])
    words = np.zeros((len(sentences), lengths.max() - 1), dtype=int)
    for i, s in enumerate(sentences):
        words[i, : len(s)] = s
    column = np.ones((len(sentences), 1), dtype=int)
    return np.hstack([start * column, words]), np.hstack([words, stop * column]), lengths
