def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], [y_0]
    for t in range(x.shape[1]):
        s, h = step(fed[-1], x[:, t], h_0)
        scores.append(s)
        fed.append(mix(targets[:, t], choose(s).detach()))
    return torch.stack(scores, 1), torch.stack(fed[:-1], 1)
