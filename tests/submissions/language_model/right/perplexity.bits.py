def perplexity(scores, targets, lengths):
    bits, count = 0.0, 0
    for y, k, n in zip(scores, targets, lengths):
        for t in range(n):
            bits += np.log2(np.exp(y[t] - y[t].max()).sum()) + (y[t].max() - y[t, k[t]]) / np.log(2)
            count += 1
    return 2 ** (bits / count)
