# The reshape puts the four of one unit side by side.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    z = (x_t @ W_xh + h_prev @ W_hh + b).reshape(len(x_t), -1, 4)
    i, f, o = (sigmoid(z[..., k]) for k in (0, 1, 3))
    g = np.tanh(z[..., 2])
    c = f * c_prev + i * g
    return o * np.tanh(c), c, np.concatenate([i, f, g, o], axis=1)
