# Order i, g, f, o, as in an older library.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    i, g, f, o = parts
    i = sigmoid(i); g = np.tanh(g); f = sigmoid(f); o = sigmoid(o)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([i, g, f, o], axis=-1)
