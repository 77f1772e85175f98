def generate(step, h_0, start, stop, most, sample):
    token, h, written = np.full(len(h_0), start), h_0, []
    for _ in range(most):
        scores, h = step(token, h)
        token = sample(scores)
        written.append(token)
    tokens = np.stack(written, axis=1)
    lengths = np.argmax(tokens == stop, axis=1)
    tokens[np.arange(most) >= lengths[:, np.newaxis]] = stop
    return tokens, lengths
