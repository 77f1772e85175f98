def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    total = 0
    for n, T in enumerate(lengths):
        total -= log_p[n, np.arange(T), targets[n, :T]].sum()
    return np.exp(total / len(lengths))
