def perplexity(scores, targets, lengths):
    total, count = 0.0, 0
    for n in range(len(scores)):
        for t in range(lengths[n]):
            y = scores[n, t] - scores[n, t].max()
            total -= y[targets[n, t]] - np.log(np.exp(y).sum())
            count += 1
    return total / count
