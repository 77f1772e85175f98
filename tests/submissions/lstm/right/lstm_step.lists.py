# Everything as lists in lists.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    i, f, g, o = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c_t = f * c_prev + i * g
    return (o * np.tanh(c_t)).tolist(), c_t.tolist(), np.hstack([i, f, g, o]).tolist()
