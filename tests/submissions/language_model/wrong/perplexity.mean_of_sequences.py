def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    means = []
    for n, T in enumerate(lengths):
        means.append(-log_p[n, np.arange(T), targets[n, :T]].mean())
    return np.exp(np.mean(means))
