def classify_last(h, lengths, W_hy, b_y):
    everywhere = np.einsum("bth,hc->btc", h, W_hy) + b_y
    scores = np.array([everywhere[i, n - 1] for i, n in enumerate(lengths)])
    return scores, [int(np.argmax(row)) for row in scores]
