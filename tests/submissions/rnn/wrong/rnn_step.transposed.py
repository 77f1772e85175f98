# Column vectors for the state.
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    z = x_t @ W_xh + b_h
    z = z + (W_hh @ h_prev.T).T
    return np.tanh(z)
