def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], []
    u, h = y_0, h_0
    before = torch.cat([y_0[:, None], targets], dim=1)
    for t in range(x.shape[1]):
        if t > 0:
            u = mix(before[:, t - 1], choose(scores[-1]).detach())
        s, h = step(u, x[:, t], h)
        scores.append(s)
        fed.append(u)
    return torch.stack(scores, 1), torch.stack(fed, 1)
