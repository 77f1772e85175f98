def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    slope = 1 - h_t * h_t
    da = dh_t * slope
    return da @ W_xh.T, da @ W_hh.T, x_t.T @ da, h_prev.T @ da, dh_t.sum(0)
