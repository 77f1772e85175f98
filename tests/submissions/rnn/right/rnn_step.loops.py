def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    h = np.zeros((B, H))
    for i in range(B):
        for j in range(H):
            z = b_h[j]
            for d in range(x_t.shape[1]):
                z += x_t[i, d] * W_xh[d, j]
            for k in range(H):
                z += h_prev[i, k] * W_hh[k, j]
            h[i, j] = np.tanh(z)
    return h
