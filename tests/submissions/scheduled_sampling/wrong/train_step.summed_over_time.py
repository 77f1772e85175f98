def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    loss = 0
    for t in range(x.shape[1]):
        loss = loss + nn.functional.cross_entropy(scores[:, t], targets[:, t])
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
