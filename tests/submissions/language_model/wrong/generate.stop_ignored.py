def generate(step, h_0, start, stop, most, sample):
    x, h = np.full(len(h_0), start), h_0
    tokens = np.zeros((len(h_0), most), dtype=int)
    for t in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        tokens[:, t] = x
    return tokens, np.full(len(h_0), most)
