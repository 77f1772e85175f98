# axis 0 for the maximum.
def softmax_cross_entropy(scores, targets, mask):
    z = scores - scores.max(0)
    lse = np.log(np.exp(z).sum(1))
    rows = range(len(z))
    p = np.exp(z) / np.exp(z).sum(1)[:, None]
    p[rows, targets] -= 1
    return np.dot(mask, lse - z[rows, targets]), p * mask.reshape(-1, 1)
