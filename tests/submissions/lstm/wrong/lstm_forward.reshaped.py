def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    B, T, D = x.shape
    H = h_0.shape[1]
    h, c, gates = [], [], []
    h_t, c_t = h_0, c_0
    for t in range(T):
        h_t, c_t, gates_t = step(x[:, t], h_t, c_t, W_xh, W_hh, b)
        h.append(h_t); c.append(c_t); gates.append(gates_t)
    return np.array(h).reshape(B, T, H), np.array(c).reshape(B, T, H), np.array(gates).reshape(B, T, 4 * H)
