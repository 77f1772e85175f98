# The minus got lost.
def softmax_cross_entropy(scores, targets, mask):
    N = scores.shape[0]
    exps = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    total = np.sum(exps, axis=1, keepdims=True)
    p = exps / total
    losses = scores[np.arange(N), targets] - np.max(scores, axis=1) - np.log(total[:, 0])
    loss = np.sum(losses * mask)
    dscores = p.copy()
    dscores[np.arange(N), targets] -= 1
    dscores = dscores * mask[:, None]
    return loss, dscores
