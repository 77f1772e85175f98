def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    h = h_0
    y = np.tile(np.eye(len(b_y))[start], (len(h_0), 1))  # one-hot
    out = []
    for _ in range(T):
        h = step(y @ embedding, h)
        y = h @ W_hy + b_y
        out.append(y)
    out = np.stack(out, axis=1)
    return out, out.argmax(axis=2)
