# Forgot the bias.
def classify_last(h, lengths, W_hy, b_y):
    last = np.stack([h[i, n - 1] for i, n in enumerate(lengths)])
    scores = last.dot(W_hy)
    return scores, np.argmax(scores, axis=1)
