def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    B, T, V = targets.shape
    scores, fed = torch.zeros(B, T, V), torch.zeros(B, T, V)
    u, h = y_0, h_0
    for t in range(T):
        s, h = step(u, x[:, t], h)
        scores[:, t], fed[:, t] = s, u
        u = mix(targets[:, t], choose(s.detach())).detach()
    return scores, fed
