def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    h, x = h_0, np.repeat(embedding[[start]], len(h_0), 0)
    out = []
    for _ in range(T):
        h = step(x, h)
        y = h @ W_hy + b_y
        out.append(y)
        p = np.exp(y - y.max(1, keepdims=True))
        p = p / p.sum(1, keepdims=True)
        x = p @ embedding
    out = np.stack(out, 1)
    return out, out.argmax(-1)
