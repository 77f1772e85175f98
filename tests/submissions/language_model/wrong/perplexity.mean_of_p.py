def perplexity(scores, targets, lengths):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    chances = [p[n, t, targets[n, t]] for n in range(len(p)) for t in range(lengths[n])]
    return 1 / np.mean(chances)
