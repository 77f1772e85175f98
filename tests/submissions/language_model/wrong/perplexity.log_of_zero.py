def perplexity(scores, targets, lengths):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    losses = [-np.log(p[n, t, targets[n, t]]) for n in range(len(p)) for t in range(lengths[n])]
    return np.exp(np.mean(losses))
