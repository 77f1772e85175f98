# The mean of the row is taken off, to keep the numbers small.
def softmax_cross_entropy(scores, targets, mask):
    N = scores.shape[0]
    exps = np.exp(scores - scores.mean(axis=1, keepdims=True))
    total = np.sum(exps, axis=1, keepdims=True)
    p = exps / total
    losses = -np.log(p[np.arange(N), targets])
    loss = np.sum(losses * mask)
    dscores = p.copy()
    dscores[np.arange(N), targets] -= 1
    dscores = dscores * mask[:, None]
    return loss, dscores
