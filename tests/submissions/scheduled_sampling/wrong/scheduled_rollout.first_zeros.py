def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = [], []
    u, h = torch.zeros(len(x), targets.shape[2], dtype=x.dtype), h_0
    for x_t, y_t in zip(x.unbind(1), targets.unbind(1), strict=True):
        fed.append(u)
        s, h = step(u, x_t, h)
        scores.append(s)
        u = mix(y_t, choose(s.detach()))
    return torch.stack(scores, 1), torch.stack(fed, 1)
