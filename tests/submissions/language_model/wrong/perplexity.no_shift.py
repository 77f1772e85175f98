def perplexity(scores, targets, lengths):
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    losses = [-np.log(np.exp(log_p[n, t, targets[n, t]])) for n in range(len(log_p)) for t in range(lengths[n])]
    return np.exp(np.mean(losses))
