def train_step(x, y_0, targets, p, rollout, optimiser):
    optimiser.zero_grad()
    scores, fed = rollout(x, y_0, targets, p)
    log_p = nn.functional.log_softmax(scores, dim=2)
    loss = -torch.sum(targets * log_p) / (targets.shape[0] * targets.shape[1])
    loss.backward()
    optimiser.step()
    return loss
