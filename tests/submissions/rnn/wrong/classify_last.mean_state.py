# Averages over the sequence.
def classify_last(h, lengths, W_hy, b_y):
    means = np.stack([h[i, :n].mean(axis=0) for i, n in enumerate(lengths)])
    scores = means @ W_hy + b_y
    return scores, scores.argmax(1)
