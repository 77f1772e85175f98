def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, 1)
    loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1).argmax(1))
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
