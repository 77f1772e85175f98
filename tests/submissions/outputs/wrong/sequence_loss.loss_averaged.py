def sequence_loss(scores, targets, lengths, step_loss):
    B, T, C = scores.shape
    losses = []
    dscores = np.zeros((B, T, C))
    for t in range(T):
        mask = np.where(lengths > t, 1.0, 0.0)
        loss_t, d_t = step_loss(scores[:, t, :], targets[:, t], mask)
        losses.append(loss_t / B)
        dscores[:, t, :] = d_t / B
    losses = np.array(losses)
    return np.mean(losses), losses, dscores
