# Adds the bias at the end.
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h = np.tanh(np.dot(h_prev, W_hh) + np.dot(x_t, W_xh))
    return h + b_h
