def train_step(x, y_0, targets, p, rollout, optimiser):
    k = targets.argmax(dim=2).flatten()

    def loss_now():
        scores, _ = rollout(x, y_0, targets, p)
        return nn.functional.cross_entropy(scores.flatten(0, 1), k)

    with torch.no_grad():
        before = loss_now().item()
    optimiser.zero_grad()
    loss_now().backward()
    optimiser.step()
    return before
