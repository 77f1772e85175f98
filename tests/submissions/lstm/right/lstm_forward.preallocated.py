def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    B, T = x.shape[:2]
    H = h_0.shape[-1]
    states = np.empty((2, T + 1, B, H))
    states[0, 0], states[1, 0] = h_0, c_0
    gates = np.empty((T, B, 4 * H))
    for t in range(T):
        states[0, t + 1], states[1, t + 1], gates[t] = step(x[:, t, :], states[0, t], states[1, t], W_xh, W_hh, b)
    return states[0, 1:].swapaxes(0, 1), states[1, 1:].swapaxes(0, 1), gates.swapaxes(0, 1)
