def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))
    total, count = 0.0, 0
    for n in range(len(scores)):
        for t in range(lengths[n] - 1):
            total -= log_p[n, t, targets[n, t]]
            count += 1
    return np.exp(total / max(count, 1))
