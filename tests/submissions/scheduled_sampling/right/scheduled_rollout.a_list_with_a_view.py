def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    fed, scores, h = [y_0], [], h_0
    for x_t, y_t in zip(x.unbind(1), targets.unbind(1), strict=True):
        scores_t, h = step(fed[-1], x_t, h)
        scores.append(scores_t[:, None])
        with torch.no_grad():
            fed.append(mix(y_t, choose(scores_t)))
    fed.pop()
    return [torch.cat(scores, dim=1), torch.stack(fed).transpose(0, 1)]
