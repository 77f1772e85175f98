# Calls the function of task 1.
def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    B, T, D = x.shape
    H = h_0.shape[1]
    h, c, gates = np.zeros((B, T, H)), np.zeros((B, T, H)), np.zeros((B, T, 4 * H))
    h_prev, c_prev = h_0, c_0
    for t in range(T):
        h_t, c_t, gates_t = lstm_step(x[:, t], h_prev, c_prev, W_xh, W_hh, b)
        h[:, t], c[:, t], gates[:, t] = h_t, c_t, gates_t
        h_prev, c_prev = h_t, c_t
    return h, c, gates
