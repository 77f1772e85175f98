# Scores relative to the target's; Python's own sums.
def softmax_cross_entropy(scores, targets, mask):
    loss, dscores = 0.0, np.zeros(scores.shape)
    for n, row in enumerate(scores):
        if not mask[n]:
            continue
        k = int(targets[n])
        differences = row - row[k]
        top = max(differences)
        total = sum(np.exp(d - top) for d in differences)
        loss += top + np.log(total)
        for j in range(len(row)):
            dscores[n, j] = np.exp(differences[j] - top) / total - (j == k)
    return loss, dscores
