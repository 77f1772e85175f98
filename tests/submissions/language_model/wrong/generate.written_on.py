def generate(step, h_0, start, stop, most, sample):
    x, h = np.full(len(h_0), start), h_0
    tokens, lengths = np.zeros((len(h_0), most), dtype=int), np.full(len(h_0), most)
    for t in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        tokens[:, t] = x
        lengths = np.where((x == stop) & (lengths == most), t, lengths)
    return tokens, lengths
