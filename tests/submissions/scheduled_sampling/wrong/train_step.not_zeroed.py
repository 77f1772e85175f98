def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    loss = -(scores.log_softmax(-1) * targets).sum(-1).mean()
    loss.backward()
    optimiser.step()
    return float(loss)
