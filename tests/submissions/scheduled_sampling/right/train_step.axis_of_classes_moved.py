def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    loss = nn.CrossEntropyLoss()(scores.transpose(1, 2), targets.argmax(dim=2))
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    optimiser.zero_grad()
    return loss
