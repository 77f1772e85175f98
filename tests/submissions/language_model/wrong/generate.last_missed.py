def generate(step, h_0, start, stop, most, sample):
    B = len(h_0)
    tokens, lengths, running = np.full((B, most), stop), np.full(B, most), np.ones(B, dtype=bool)
    token, h = np.full(B, start), h_0
    for t in range(most):
        running = running & ((token != stop) | (t == 0))
        lengths[~running] = np.minimum(lengths[~running], t - 1)
        scores, h = step(token, h)
        token = np.where(running, sample(scores), stop)
        tokens[:, t] = token
    return tokens, lengths
