# Nothing far below the best counts, so why keep it exactly?
def softmax_cross_entropy(scores, targets, mask):
    N = scores.shape[0]
    scores = np.maximum(scores - np.max(scores, axis=1, keepdims=True), -1000)
    exps = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    total = np.sum(exps, axis=1, keepdims=True)
    p = exps / total
    losses = np.log(total[:, 0]) + np.max(scores, axis=1) - scores[np.arange(N), targets]
    loss = np.sum(losses * mask)
    dscores = p.copy()
    dscores[np.arange(N), targets] -= 1
    dscores = dscores * mask[:, None]
    return loss, dscores
