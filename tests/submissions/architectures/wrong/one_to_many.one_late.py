# Updates the next input before the new token is known.
def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    token = np.full(len(h_0), start)
    x, h, scores = embedding[token], h_0, []
    for t in range(T):
        h = step(x, h)
        x = embedding[token]
        y = h @ W_hy + b_y
        token = y.argmax(axis=1)
        scores.append(y)
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)
