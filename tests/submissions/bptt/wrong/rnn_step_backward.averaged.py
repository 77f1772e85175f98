def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    slope = 1 - h_t * h_t
    da = dh_t * slope
    B = len(da)
    return da @ W_xh.T, da @ W_hh.T, x_t.T @ da / B, h_prev.T @ da / B, da.mean(0)
