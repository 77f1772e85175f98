def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    u, h, scores, fed = y_0, h_0, [], []
    for t in range(x.shape[1]):
        fed.append(u)
        y, h = step(u, x[:, t], h.detach())
        scores.append(y)
        u = mix(targets[:, t], choose(y)).detach()
    return torch.stack(scores, 1), torch.stack(fed, 1)
