def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    x, y_0, targets = x.detach(), y_0.detach(), targets.detach()  # data
    B, T, V = targets.shape
    u, h = y_0, h_0
    all_scores, all_fed = [], []
    for t in range(T):
        scores_t, h = step(u, x[:, t], h)
        all_scores.append(scores_t)
        all_fed.append(u)
        u = mix(targets[:, t], choose(scores_t.detach()))
    return torch.stack(all_scores, 1), torch.stack(all_fed, 1)
