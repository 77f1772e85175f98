def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    errors = torch.zeros(x.shape[1])
    for n in range(len(x)):
        errors += scores[n].argmax(1) != targets[n].argmax(1)
    return errors
