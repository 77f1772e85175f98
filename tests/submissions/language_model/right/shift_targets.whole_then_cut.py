def shift_targets(sentences, start, stop):
    lengths = [len(s) + 1 for s in sentences]
    whole = np.array([np.pad(np.asarray(s, dtype=int), (1, max(lengths) - len(s)), constant_values=(start, stop)) for s in sentences])
    return [whole[:, :-1], whole[:, 1:], lengths]
