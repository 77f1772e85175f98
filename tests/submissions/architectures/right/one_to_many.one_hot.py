def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    V = embedding.shape[0]
    chosen = np.zeros((h_0.shape[0], V))
    chosen[:, start] = 1
    h, scores, picks = np.array(h_0), np.empty((h_0.shape[0], T, V)), []
    for t in range(T):
        h = step(chosen @ embedding, h)
        np.matmul(h, W_hy, out=scores[:, t])
        scores[:, t] += b_y
        chosen = np.eye(V)[np.argsort(scores[:, t], axis=1)[:, -1]]
        picks.append(chosen @ np.arange(V))
    return scores, np.stack(picks, axis=1).astype(int)
