def rollout_error(x, y_0, targets, rollout):
    _, fed = rollout(x, y_0, targets, 0)
    return (fed.argmax(-1) != targets.argmax(-1)).float().mean(0)
