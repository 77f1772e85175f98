def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    loss = -(targets * scores.log_softmax(dim=-1)).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
