def sample_independently(scores, stop, sample):
    B, T, V = scores.shape
    tokens, lengths = [], []
    for b in range(B):
        row = []
        for t in range(T):
            token = int(sample(scores[b : b + 1, t])[0])
            if token == stop:
                break
            row.append(token)
        lengths.append(len(row))
        tokens.append(row + [stop] * (T - len(row)))
    return tokens, lengths
