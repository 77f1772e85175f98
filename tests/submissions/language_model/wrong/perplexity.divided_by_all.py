def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    mask = np.arange(scores.shape[1])[None, :] < lengths[:, None]
    losses = -np.take_along_axis(log_p, targets[:, :, None], axis=2)[:, :, 0]
    return np.exp((losses * mask).mean())
