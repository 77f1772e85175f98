def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    losses = [-log_p[n, t, targets[n, t]] for n in range(len(y)) for t in range(lengths[n])]
    return 2 ** np.mean(losses)
