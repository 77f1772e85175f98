# The first step "only reads the start token".
def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    h = step(np.repeat(embedding[None, start], len(h_0), axis=0), h_0)
    token = (h @ W_hy + b_y).argmax(1)
    scores, tokens = [], []
    for t in range(T):
        h = step(embedding[token], h)
        y = h @ W_hy + b_y
        token = y.argmax(1)
        scores.append(y)
        tokens.append(token)
    return np.stack(scores, 1), np.stack(tokens, 1)
