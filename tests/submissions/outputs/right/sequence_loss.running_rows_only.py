def sequence_loss(scores, targets, lengths, step_loss):
    B, T, _ = scores.shape
    dscores = np.zeros_like(scores)
    losses = np.zeros(T)
    for t in range(max(lengths)):
        running = np.flatnonzero(lengths > t)
        losses[t], dscores[running, t] = step_loss(scores[running, t], targets[running, t], np.ones(len(running)))
    dscores /= B
    losses /= B
    return losses.sum(), losses, dscores
