def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], []
    u, h = y_0, h_0
    for t in range(x.shape[1]):
        fed.append(u)
        s, h = step(u, x[:, t], h)
        scores.append(s)
        u = mix(targets[:, t], choose(s).detach())
    return torch.stack(scores), torch.stack(fed)
