def perplexity(scores, targets, lengths):
    B, T, V = scores.shape
    a = scores - scores.max(axis=2, keepdims=True)
    log_p = a - np.log(np.exp(a).sum(axis=2, keepdims=True))
    loss = -np.take_along_axis(log_p, targets[:, :, None], axis=2)[:, :, 0]
    true = targets != 0
    return np.exp(loss[true].sum() / true.sum())
