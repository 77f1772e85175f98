def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    x = np.tile(embedding[start], (len(h_0), 1))
    h = h_0
    scores = []
    for t in range(T):
        h = step(x, h)
        scores.append(h @ W_hy + b_y)
    scores = np.stack(scores, axis=1)
    return scores, np.argmax(scores, axis=-1)
