def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    u, h, pairs = y_0, h_0, []
    for x_t, y_t in zip(x.unbind(1), targets.unbind(1), strict=True):
        s, h = step(u, x_t, h)
        pairs.append((s, u))
        u = mix(y_t, choose(s).detach())
    return tuple(torch.stack(part).transpose(0, 1) for part in zip(*pairs, strict=True))
