def rollout_error(x, y_0, targets, rollout):
    with torch.no_grad():
        scores, fed = rollout(x, y_0, targets, 0)
    best, true = (np.argmax(a.numpy(), axis=-1) for a in (scores, targets))
    return np.mean(best != true, axis=0)
