def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    B, H = h_prev.shape
    h, c, gates = np.zeros((B, H)), np.zeros((B, H)), np.zeros((B, 4 * H))
    for n in range(B):
        for k in range(4 * H):
            a = b[k]
            for d in range(x_t.shape[1]):
                a += x_t[n, d] * W_xh[d, k]
            for j in range(H):
                a += h_prev[n, j] * W_hh[j, k]
            gates[n, k] = np.tanh(a) if k // H == 2 else 1 / (1 + np.exp(-a))
        for j in range(H):
            i, f, g, o = gates[n, j::H]
            c[n, j] = f * c_prev[n, j] + i * g
            h[n, j] = o * np.tanh(c[n, j])
    return [h, c, gates]
