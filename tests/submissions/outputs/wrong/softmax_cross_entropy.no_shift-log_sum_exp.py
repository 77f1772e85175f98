# ln of the sum of exps, but of exps that overflow.
def softmax_cross_entropy(scores, targets, mask):
    N = scores.shape[0]
    exps = np.exp(scores)
    total = np.sum(exps, axis=1, keepdims=True)
    p = exps / total
    losses = np.log(total[:, 0]) - scores[np.arange(N), targets]
    loss = np.sum(losses * mask)
    dscores = p.copy()
    dscores[np.arange(N), targets] -= 1
    dscores = dscores * mask[:, None]
    return loss, dscores
