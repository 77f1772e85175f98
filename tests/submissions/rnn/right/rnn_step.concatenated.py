def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(np.c_[x_t, h_prev] @ np.r_[W_xh, W_hh] + b_h)
