def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    fed = torch.cat([y_0[:, None], targets[:, :-1]], dim=1)
    h, scores = h_0, []
    for t in range(x.shape[1]):
        s, h = step(fed[:, t], x[:, t], h)
        scores.append(s)
    return torch.stack(scores, 1), fed
