# Read the gates from the back for i and o.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    o, f, g, i = parts
    o = sigmoid(o); f = sigmoid(f); g = np.tanh(g); i = sigmoid(i)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([o, f, g, i], axis=-1)
