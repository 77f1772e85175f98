def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    B, T, V = targets.shape
    scores, fed = [], []
    u, h = y_0, h_0
    for t in range(T):
        fed.append(u)
        s, h = step(u, x[:, t], h)
        scores.append(s)
        if t + 1 < T:
            u = mix(targets[:, t + 1], choose(s).detach())
    return torch.stack(scores, 1), torch.stack(fed, 1)
