def perplexity(scores, targets, lengths):
    y = scores - scores.max(axis=-1, keepdims=True)
    bits = (np.log(np.exp(y).sum(axis=-1, keepdims=True)) - y) / np.log(2)
    losses = [bits[n, t, targets[n, t]] for n in range(len(y)) for t in range(lengths[n])]
    return np.exp(np.mean(losses))
