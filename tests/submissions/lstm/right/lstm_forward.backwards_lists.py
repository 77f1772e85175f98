def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    def from_step(t, h, c):
        """States of steps t to T - 1, by recursion."""
        if t == x.shape[1]:
            return []
        result = step(x[:, t], h, c, W_xh, W_hh, b)
        return [result, *from_step(t + 1, result[0], result[1])]

    results = from_step(0, h_0, c_0)
    return [np.concatenate([r[k][:, None] for r in results], axis=1) for k in range(3)]
