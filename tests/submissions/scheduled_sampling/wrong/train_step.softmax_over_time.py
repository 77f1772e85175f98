def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    loss = -(targets * torch.log_softmax(scores, dim=1)).sum() / (x.shape[0] * targets.shape[2])
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
