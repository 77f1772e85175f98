def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], []
    h, own = h_0, None
    for t in range(x.shape[1]):
        u = targets[:, t] if own is None else mix(targets[:, t], own)
        s, h = step(u, x[:, t], h)
        with torch.no_grad():
            own = choose(s)
        scores.append(s)
        fed.append(u)
    return torch.stack(scores, 1), torch.stack(fed, 1)
