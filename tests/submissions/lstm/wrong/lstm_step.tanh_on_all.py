# tanh of everything, as in the plain network.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    gates = np.tanh(x_t @ W_xh + h_prev @ W_hh + b)
    i, f, g, o = np.split(gates, 4, axis=1)
    c_t = f * c_prev + i * g
    return o * np.tanh(c_t), c_t, gates
