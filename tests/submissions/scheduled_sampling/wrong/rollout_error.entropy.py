def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    T = x.shape[1]
    losses = [nn.functional.cross_entropy(scores[:, t], targets[:, t].argmax(1)) for t in range(T)]
    return torch.stack(losses)
