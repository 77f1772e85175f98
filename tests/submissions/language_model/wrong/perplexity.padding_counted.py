def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    B, T, V = scores.shape
    return np.exp(-log_p.reshape(-1, V)[np.arange(B * T), targets.ravel()].mean())
