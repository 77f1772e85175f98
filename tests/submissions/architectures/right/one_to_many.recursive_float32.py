def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    E, W, b = (a.astype(np.float32) for a in (embedding, W_hy, b_y))

    def write(h, tokens, left):
        if not left:
            return []
        h = step(E[tokens], h)
        y = h @ W + b
        return [y] + write(h, y.argmax(1), left - 1)

    y = np.stack(write(h_0.astype(np.float32), [start] * len(h_0), T), axis=1)
    return y, y.argmax(2)
