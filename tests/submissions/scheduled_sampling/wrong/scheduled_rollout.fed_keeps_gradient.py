def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    h, u = h_0, y_0
    scores, fed = [], []
    for t in range(targets.shape[1]):
        fed.append(u)
        y, h = step(u.detach(), x[:, t], h)
        scores.append(y)
        u = mix(targets[:, t], choose(y))
    return torch.stack(scores, dim=1), torch.stack(fed, dim=1)
