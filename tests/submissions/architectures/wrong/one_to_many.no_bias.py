def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    B = len(h_0)
    h = h_0
    token = np.full(B, start)
    all_scores, all_tokens = [], []
    for t in range(T):
        h = step(embedding[token], h)
        scores = h @ W_hy
        token = np.argmax(scores, axis=1)
        all_scores.append(scores)
        all_tokens.append(token)
    return np.stack(all_scores, axis=1), np.stack(all_tokens, axis=1)
