def rollout_error(x, y_0, targets, rollout):
    scores, _ = rollout(x, y_0, torch.zeros_like(targets), 0)
    best = scores.topk(1, dim=-1).indices[..., 0]
    return [float((best[:, t] != targets[:, t].argmax(dim=-1)).sum()) / len(x) for t in range(x.shape[1])]
