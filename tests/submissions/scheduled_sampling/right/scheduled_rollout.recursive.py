def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    s, h = step(y_0, x[:, 0], h_0)
    if x.shape[1] == 1:
        return s[:, None], y_0[:, None]
    u = mix(targets[:, 0], choose(s.data))
    later, fed = scheduled_rollout(x[:, 1:], u, targets[:, 1:], h, step, choose, mix)
    return torch.cat([s[:, None], later], dim=1), torch.cat([y_0[:, None], fed], dim=1)
