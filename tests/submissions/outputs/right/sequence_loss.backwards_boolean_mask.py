def sequence_loss(scores, targets, lengths, step_loss):
    B = len(lengths)
    mask = np.arange(scores.shape[1])[None, :] < lengths[:, None]
    results = [step_loss(s, k, m) for s, k, m in zip(*(np.moveaxis(a, 1, 0)[::-1] for a in (scores, targets, mask)))]
    losses = np.array([loss for loss, _ in results[::-1]]) / B
    dscores = np.stack([d for _, d in results[::-1]], axis=1) * np.float64(1 / B)
    return np.sum(losses), losses, dscores
