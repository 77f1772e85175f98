def train_step(x, y_0, targets, p, rollout, optimiser):
    optimiser.zero_grad()
    scores, fed = rollout(x, y_0, targets, p)
    loss = -(scores.log_softmax(-1) * targets).sum(-1).mean()
    loss.backward()
    return float(loss)
