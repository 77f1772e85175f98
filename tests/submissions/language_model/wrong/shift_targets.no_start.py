def shift_targets(sentences, start, stop):
    lengths = np.array([len(s) for s in sentences])
    inputs = np.full((len(sentences), lengths.max()), stop)
    targets = inputs.copy()
    for i, s in enumerate(sentences):
        inputs[i, : len(s)] = s
        targets[i, : len(s) - 1] = s[1:]
    return inputs, targets, lengths
