def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    log_likelihood = (targets * scores.log_softmax(dim=-1)).sum(dim=-1).mean()
    optimiser.zero_grad()
    log_likelihood.backward()
    optimiser.step()
    return -log_likelihood.item()
