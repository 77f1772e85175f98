def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    wrong = (scores.argmax(2) != targets.argmax(2)).float()
    return torch.stack([wrong[:, : t + 1].mean() for t in range(wrong.shape[1])])
