def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    H = c_prev.shape[1]
    gates = np.einsum("bd,dk->bk", x_t, W_xh)
    gates += np.einsum("bh,hk->bk", h_prev, W_hh)
    gates += b
    gates[:, 2 * H : 3 * H] *= 2  # tanh(a) = 2 sigmoid(2 a) - 1
    gates = 1 / (1 + np.exp(-gates))
    gates[:, 2 * H : 3 * H] *= 2
    gates[:, 2 * H : 3 * H] -= 1
    c = c_prev.copy()
    c *= gates[:, H : 2 * H]
    c += gates[:, :H] * gates[:, 2 * H : 3 * H]
    return gates[:, -H:] * np.tanh(c), c, gates
