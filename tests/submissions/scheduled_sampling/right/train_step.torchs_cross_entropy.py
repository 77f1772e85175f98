def train_step(x, y_0, targets, p, rollout, optimiser):
    optimiser.zero_grad(set_to_none=False)
    scores, fed = rollout(x, y_0, targets, p)
    loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1).argmax(dim=1))
    loss.backward()
    optimiser.step()
    return float(loss.detach())
