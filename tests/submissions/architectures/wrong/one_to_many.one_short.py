def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    h = h_0
    k = np.full(len(h_0), start)
    scores, tokens = [], []
    for _ in range(1, T):
        h = step(embedding[k], h)
        y = h @ W_hy + b_y
        k = np.argmax(y, axis=1)
        scores.append(y)
        tokens.append(k)
    return np.stack(scores, axis=1), np.stack(tokens, axis=1)
