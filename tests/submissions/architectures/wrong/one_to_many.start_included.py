def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    tokens = np.zeros((len(h_0), T), dtype=int)
    scores = np.zeros((len(h_0), T, len(b_y)))
    h, k = h_0, np.full(len(h_0), start)
    for t in range(T):
        tokens[:, t] = k
        h = step(embedding[k], h)
        scores[:, t] = h @ W_hy + b_y
        k = scores[:, t].argmax(axis=1)
    return scores, tokens
