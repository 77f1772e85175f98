def shift_targets(sentences, start, stop):
    T = max(len(s) for s in sentences) + 1
    inputs = np.full((len(sentences), T), stop)
    for i, s in enumerate(sentences):
        inputs[i, 0] = start
        inputs[i, 1 : len(s) + 1] = s
    return inputs, inputs.copy(), np.array([len(s) + 1 for s in sentences])
