def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    return (scores.argmax(0) != targets.argmax(0)).float().mean(1)
