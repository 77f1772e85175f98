def rollout_error(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0)
    right = scores.argmax(2) == targets.argmax(2)
    still_right = right.int().cumprod(dim=1)
    return 1 - still_right.float().mean(dim=0)
