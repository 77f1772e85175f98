def perplexity(scores, targets, lengths):
    rows = np.concatenate([s[:n] for s, n in zip(scores, lengths)]).astype(np.float32)
    right = np.concatenate([k[:n] for k, n in zip(targets, lengths)])
    rows = rows - rows.max(axis=1, keepdims=True)
    losses = np.log(np.exp(rows).sum(axis=1)) - rows[np.arange(len(rows)), right]
    return np.exp(losses.mean())
