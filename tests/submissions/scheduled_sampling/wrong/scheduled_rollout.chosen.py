def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    outputs, fed = [], []
    u, h = y_0, h_0
    for t in range(x.shape[1]):
        fed.append(u)
        s, h = step(u, x[:, t], h)
        y = choose(s)
        outputs.append(y)
        u = mix(targets[:, t], y.detach())
    return torch.stack(outputs, 1), torch.stack(fed, 1)
