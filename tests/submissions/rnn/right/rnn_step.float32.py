def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    x_t, h_prev, W_xh, W_hh, b_h = (v.astype(np.float32) for v in (x_t, h_prev, W_xh, W_hh, b_h))
    return np.tanh(h_prev @ W_hh + (x_t @ W_xh + b_h))
