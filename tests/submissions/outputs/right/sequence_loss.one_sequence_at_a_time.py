def sequence_loss(scores, targets, lengths, step_loss):
    B, T, C = scores.shape
    losses, dscores = np.zeros(T), np.zeros((B, T, C))
    for n in range(B):
        for t in range(int(lengths[n])):
            row, d = step_loss(scores[n : n + 1, t], targets[n : n + 1, t], np.ones(1))
            losses[t] += row / B
            dscores[n, t] += d[0] / B
    return sum(losses), losses, dscores
