# Forgot to multiply by i.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    H = h_prev.shape[1]
    z = x_t.dot(W_xh) + h_prev.dot(W_hh) + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c_t = f * c_prev + g
    h_t = o * np.tanh(c_t)
    return h_t, c_t, np.hstack([i, f, g, o])
