def shift_targets(sentences, start, stop):
    T = 1 + max(len(s) for s in sentences)
    inputs, targets = np.full((2, len(sentences), T), stop)
    for row, s in enumerate(sentences):
        inputs[row, : len(s) + 1] = [start, *s]
        targets[row, : len(s)] = s
    return inputs, targets, (targets != stop).argmin(axis=1)
