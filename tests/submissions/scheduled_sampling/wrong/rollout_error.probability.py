def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    probabilities = torch.exp(scores) / torch.exp(scores).sum(dim=2, keepdim=True)
    return (probabilities * (1 - targets)).sum(2).mean(0)
