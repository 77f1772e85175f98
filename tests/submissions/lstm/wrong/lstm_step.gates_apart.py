# Returns i, f, g, o as they are, in a tuple.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    a_i, a_f, a_g, a_o = np.hsplit(x_t @ W_xh + h_prev @ W_hh + b, 4)
    gates = 1 / (1 + np.exp(-a_i)), 1 / (1 + np.exp(-a_f)), np.tanh(a_g), 1 / (1 + np.exp(-a_o))
    i, f, g, o = gates
    c_t = f * c_prev + i * g
    return o * np.tanh(c_t), c_t, gates
