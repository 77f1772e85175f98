def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], []
    h = h_0
    for t in range(x.shape[1]):
        if t == 0:
            u = y_0
        else:
            with torch.no_grad():
                u = mix(targets[:, t - 1], choose(scores[-1]))
        s, h = step(u, x[:, t], h)
        scores.append(s)
        fed.append(u)
    return torch.stack(scores, dim=1), torch.stack(fed, dim=1)
