def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    x_t = embedding[start : start + 1]
    h_t = h_0
    scores, tokens = [], []
    for _ in range(T):
        h_t = step(x_t, h_t)
        y_t = h_t @ W_hy + b_y
        k_t = y_t.argmax(axis=-1)
        x_t = embedding[k_t]
        scores.append(y_t)
        tokens.append(k_t)
    return np.stack(scores, axis=1), np.stack(tokens, axis=1)
