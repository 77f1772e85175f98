def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t * (1 - h_t**2)
    dW_xh = np.dot(h_prev.T, da)
    dW_hh = np.dot(x_t.T, da)
    return np.dot(da, W_xh.T), np.dot(da, W_hh.T), dW_xh, dW_hh, np.sum(da, axis=0)
