# Thought the caller applies the non-linearity.
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.hstack([x_t, h_prev]) @ np.vstack([W_xh, W_hh]) + b_h
