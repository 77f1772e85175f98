# No overflow below 709.
def softmax_cross_entropy(scores, targets, mask):
    N = scores.shape[0]
    scores = np.minimum(np.maximum(scores, -500), 500)
    exps = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    total = np.sum(exps, axis=1, keepdims=True)
    p = exps / total
    losses = np.log(total[:, 0]) + np.max(scores, axis=1) - scores[np.arange(N), targets]
    loss = np.sum(losses * mask)
    dscores = p.copy()
    dscores[np.arange(N), targets] -= 1
    dscores = dscores * mask[:, None]
    return loss, dscores
