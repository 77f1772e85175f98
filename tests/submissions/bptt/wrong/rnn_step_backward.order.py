def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    slope = 1 - h_t * h_t
    da = dh_t * slope
    return da @ W_hh.T, da @ W_xh.T, h_prev.T @ da, x_t.T @ da, da.sum(0)
