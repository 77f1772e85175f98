def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    x, h = np.full(B, start), h_0
    written = np.zeros((B, 0), dtype=int)
    for t in range(1, most):
        scores, h = step(x, h)
        x = sample(scores)
        written = np.c_[written, x]
    ended = np.cumsum(written == stop, axis=1) > 0
    return np.where(ended, stop, written), (~ended).sum(axis=1)
