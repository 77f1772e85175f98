def sequence_loss(scores, targets, lengths, step_loss):
    B, T = targets.shape
    losses, dscores = [], []
    for t in range(T):
        l, d = step_loss(scores[:, t], targets[:, t], (t < lengths) * 1.0)
        losses.append(l / B)
        dscores.append(d / B)
    return sum(losses), np.array(losses), np.array(dscores).reshape(scores.shape)
