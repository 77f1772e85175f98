# Put the candidate first: new content, forget, how much, out.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    g, f, i, o = parts
    g = np.tanh(g); f = sigmoid(f); i = sigmoid(i); o = sigmoid(o)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([g, f, i, o], axis=-1)
