def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t - dh_t * h_t * h_t
    D = x_t.shape[1]
    both = np.concatenate([x_t, h_prev], axis=1)
    W = np.concatenate([W_xh, W_hh])
    dboth, dW = da @ W.T, both.T @ da
    return dboth[:, :D], dboth[:, D:], dW[:D], dW[D:], np.ones(len(da)) @ da
