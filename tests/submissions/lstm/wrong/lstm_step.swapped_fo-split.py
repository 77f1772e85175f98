# Order i, o, g, f, as in an early paper's drawing.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    i, o, g, f = parts
    i = sigmoid(i); o = sigmoid(o); g = np.tanh(g); f = sigmoid(f)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([i, o, g, f], axis=-1)
