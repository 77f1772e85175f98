def shift_targets(sentences, start, stop):
    lengths = np.array([len(s) for s in sentences])
    inputs = np.full((len(sentences), lengths.max() + 1), stop)
    inputs[:, 0] = start
    targets = np.full((len(sentences), lengths.max() + 1), stop)
    for i, n in enumerate(lengths):
        inputs[i, 1 : n + 1] = sentences[i]
        targets[i, :n] = sentences[i]
    return inputs, targets, lengths
