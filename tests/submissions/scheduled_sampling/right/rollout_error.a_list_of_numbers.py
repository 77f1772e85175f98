def rollout_error(x, y_0, targets, rollout):
    scores, _ = rollout(x, y_0, targets, 0.0)
    errors = []
    for t in range(x.shape[1]):
        wrong = sum(int(scores[n, t].argmax() != targets[n, t].argmax()) for n in range(len(x)))
        errors.append(wrong / len(x))
    return errors
