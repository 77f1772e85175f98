# Order i, f, o, g: the three gates first, the candidate last.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    i, f, o, g = parts
    i = sigmoid(i); f = sigmoid(f); o = sigmoid(o); g = np.tanh(g)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([i, f, o, g], axis=-1)
