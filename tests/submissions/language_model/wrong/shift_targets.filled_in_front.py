def shift_targets(sentences, start, stop):
    lengths = np.array([len(s) + 1 for s in sentences])
    inputs = np.full((len(sentences), lengths.max()), stop)
    targets = inputs.copy()
    for i, s in enumerate(sentences):
        inputs[i, -len(s) - 1 :] = [start, *s]
        targets[i, -len(s) - 1 :] = [*s, stop]
    return inputs, targets, lengths
