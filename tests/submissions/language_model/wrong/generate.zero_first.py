def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    x, h, running = np.zeros(B, dtype=int), h_0, np.ones(B, dtype=bool)
    tokens, lengths = np.full((B, most), stop), np.zeros(B, dtype=int)
    for t in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        running &= x != stop
        tokens[running, t] = x[running]
        lengths += running
    return tokens, lengths
