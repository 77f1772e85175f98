def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    B, T, V = scores.shape
    loss = 0.0
    for n in range(B):
        for t in range(T):
            k = int(targets[n, t].argmax())
            loss = loss + (torch.logsumexp(scores[n, t], 0) - scores[n, t, k]) / (B * T)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
