def softmax_cross_entropy(scores, targets, mask):
    scores = scores.astype(np.float32)
    total = np.logaddexp.reduce(scores, axis=1)
    one_hot = targets[:, None] == np.arange(scores.shape[1])
    losses = total - np.where(one_hot, scores, 0).sum(1)
    dscores = np.where(mask[:, None] > 0, np.exp(scores - total[:, None]) - one_hot, 0)
    return losses[mask > 0].sum(), dscores
