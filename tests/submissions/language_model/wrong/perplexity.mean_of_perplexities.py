def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    each = [np.exp(-log_p[n, np.arange(T), targets[n, :T]].mean()) for n, T in enumerate(lengths)]
    return sum(each) / len(each)
