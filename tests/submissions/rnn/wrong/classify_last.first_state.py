# Squeezed the wrong axis.
def classify_last(h, lengths, W_hy, b_y):
    scores = (h @ W_hy + b_y)[:, 0]
    return scores, scores.argmax(1)
