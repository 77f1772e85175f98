def shift_targets(sentences, start, stop):
    lengths = np.array([len(s) for s in sentences])
    inputs = np.full((len(sentences), lengths.max()), stop)
    targets = np.full((len(sentences), lengths.max()), stop)
    for i, s in enumerate(sentences):
        if len(s) > 0:
            inputs[i, 0] = start
            inputs[i, 1 : len(s)] = s[:-1]
            targets[i, : len(s)] = s
    return inputs, targets, lengths
