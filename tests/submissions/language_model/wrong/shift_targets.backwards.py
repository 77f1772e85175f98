def shift_targets(sentences, start, stop):
    B, T = len(sentences), max(len(s) for s in sentences) + 1
    inputs, targets = np.full((B, T), stop), np.full((B, T), stop)
    for i, s in enumerate(sentences):
        n = len(s)
        inputs[i, :n] = s
        inputs[i, n] = stop
        targets[i, 0] = start
        targets[i, 1 : n + 1] = s
    return inputs, targets, np.array([len(s) + 1 for s in sentences])
