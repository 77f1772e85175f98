def train_step(x, y_0, targets, p, rollout, optimiser):
    def loss_now():
        scores, fed = rollout(x, y_0, targets, p)
        return nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1).argmax(1))

    optimiser.zero_grad()
    loss_now().backward()
    optimiser.step()
    return loss_now().item()
