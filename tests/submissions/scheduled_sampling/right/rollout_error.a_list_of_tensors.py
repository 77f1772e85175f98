def rollout_error(x, y_0, targets, rollout):
    scores, _ = rollout(x, y_0, targets, 0)
    errors = []
    for t in range(targets.shape[1]):
        wrong = scores[:, t].argmax(dim=1) != targets[:, t].argmax(dim=1)
        errors.append(wrong.sum() / len(wrong))
    return errors
