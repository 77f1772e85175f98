def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    T = x.shape[1]
    teacher = torch.cat([y_0[:, None], targets[:, :-1]], dim=1)

    def run(inputs):
        h, out = h_0, []
        for t in range(T):
            s, h = step(inputs[:, t], x[:, t], h)
            out.append(s)
        return torch.stack(out, 1)

    with torch.no_grad():
        own = choose(run(teacher))
    fed = teacher.clone()
    for t in range(1, T):
        fed[:, t] = mix(targets[:, t - 1], own[:, t - 1])
    return run(fed), fed
