# "Add, do not overwrite", done to the delta as well.
def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    states = np.concatenate([h_0[:, np.newaxis], h], axis=1)

    def step(d, x_t, h_prev, h_t):
        da = d * (1 - h_t * h_t)
        return da @ W_xh.T, da @ W_hh.T, x_t.T @ da, h_prev.T @ da, da.sum(0)

    total = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(W_hh[0])]
    delta, dx = np.empty_like(h), np.empty_like(x)
    from_right = np.zeros_like(h_0)
    for t in np.arange(x.shape[1])[::-1]:
        delta[:, t] = dh[:, t] + from_right
        dx[:, t], new_flow, *grads = step(delta[:, t], x[:, t], states[:, t], states[:, t + 1])
        from_right = from_right + new_flow
        for mine, new in zip(total, grads):
            mine += new
    return delta, dx, from_right, *total
