def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    x, h, c, U, W, b = (v.astype(np.float32) for v in (x_t, h_prev, c_prev, W_xh, W_hh, b))
    a = np.concatenate([x, h], axis=1) @ np.concatenate([U, W]) + b
    a_i, a_f, a_g, a_o = np.split(a, 4, axis=1)
    i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)
    g = np.tanh(a_g)
    c = c * f + g * i
    return np.tanh(c) * o, c, np.concatenate([i, f, g, o], axis=1)
