def train_step(x, y_0, targets, p, rollout, optimiser):
    own_share = 1 - p
    scores, fed = rollout(x, y_0, targets, own_share)
    loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1).argmax(1))
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
