def generate(step, h_0, start, stop, most, sample):
    tokens, lengths = [], []
    for b in range(len(h_0)):
        x, h, row = np.array([start]), h_0[b : b + 1], []
        while len(row) < most:
            scores, h = step(x, h)
            x = sample(scores)
            if x[0] == stop:
                break
            row.append(int(x[0]))
        lengths.append(len(row))
        tokens.append(row + [stop] * (most - len(row)))
    return np.array(tokens), np.array(lengths)
