def shift_targets(sentences, start, stop):
    B, T = len(sentences), 1 + max(len(s) for s in sentences)
    inputs, targets = np.full((B, T), stop), np.full((B, T), -100)
    for row, s in enumerate(sentences):
        inputs[row, : len(s) + 1] = [start, *s]
        targets[row, : len(s) + 1] = [*s, stop]
    return inputs, targets, np.array([len(s) + 1 for s in sentences])
