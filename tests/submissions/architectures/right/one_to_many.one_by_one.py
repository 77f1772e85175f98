def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = np.zeros((len(h_0), T, W_hy.shape[1])), np.zeros((len(h_0), T), int)
    for n in range(len(h_0)):
        h, k = h_0[n : n + 1], start
        for t in range(T):
            h = step(embedding[k][None], h)
            scores[n, t] = b_y + np.dot(h[0], W_hy)
            k = max(range(len(b_y)), key=lambda j: scores[n, t, j])
            tokens[n, t] = k
    return scores, tokens
