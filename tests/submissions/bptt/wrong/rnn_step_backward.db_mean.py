def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = (1 - h_t * h_t) * dh_t
    return da.dot(W_xh.T), da.dot(W_hh.T), x_t.T.dot(da), h_prev.T.dot(da), da.mean(0)
