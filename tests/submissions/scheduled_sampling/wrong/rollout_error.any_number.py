def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    best = nn.functional.one_hot(scores.argmax(2), targets.shape[2])
    return (best != targets).float().mean(dim=(0, 2))
