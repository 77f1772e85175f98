def shift_targets(sentences, start, stop):
    T = max(len(s) for s in sentences) + 1
    whole = np.full((len(sentences), T + 2), stop)
    for i, s in enumerate(sentences):
        whole[i, 0] = start
        whole[i, 1 : len(s) + 1] = s
    return whole[:, :T], whole[:, 2:], np.array([len(s) + 1 for s in sentences])
