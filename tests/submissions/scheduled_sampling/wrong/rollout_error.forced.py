def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, p=1)
    return (scores.argmax(2) != targets.argmax(2)).float().mean(0)
