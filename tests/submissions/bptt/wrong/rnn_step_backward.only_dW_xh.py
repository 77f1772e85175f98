def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dW_xh = x_t.T @ (dh_t * (1 - h_t ** 2))
    return dh_t @ W_xh.T, dh_t @ W_hh.T, dW_xh, h_prev.T @ dh_t, dh_t.sum(0)
