def shift_targets(sentences, start, stop):
    T = 1 + max(len(s) for s in sentences)
    whole = [[start] + s.tolist() + [stop] * (T - len(s)) for s in sentences]
    whole = np.array(whole)
    return whole[:, :-1], whole[:, 1:], np.array([s.size for s in sentences]) + 1
