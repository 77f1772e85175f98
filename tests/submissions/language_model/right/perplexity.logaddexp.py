def perplexity(scores, targets, lengths):
    B, T, V = scores.shape
    mask = (np.arange(T)[None, :] < np.asarray(lengths)[:, None]).astype(float)
    losses = np.logaddexp.reduce(scores, axis=2) - scores[np.arange(B)[:, None], np.arange(T), targets]
    return float(np.exp(np.sum(losses * mask) / mask.sum()))
