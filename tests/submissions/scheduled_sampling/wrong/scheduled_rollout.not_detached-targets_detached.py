def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    T = x.shape[1]
    scores = [None] * T
    fed = [y_0] + [None] * (T - 1)
    h = h_0
    for t in range(T):
        scores[t], h = step(fed[t], x[:, t], h)
        if t < T - 1:
            fed[t + 1] = mix(targets[:, t].detach(), choose(scores[t]))
    return torch.stack(scores, 1), torch.stack(fed, 1)
