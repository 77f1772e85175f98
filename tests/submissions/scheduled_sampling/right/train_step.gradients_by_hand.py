def train_step(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    optimiser.zero_grad()
    with torch.no_grad():
        q = scores.softmax(dim=-1)
        value = -(q[targets == 1].log()).mean().item()
        dscores = (q - targets) / (scores.shape[0] * scores.shape[1])
    scores.backward(dscores)
    optimiser.step()
    return value
