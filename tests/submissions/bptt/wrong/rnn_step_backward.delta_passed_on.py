# The delta goes on to the state before, and what the weights make of it on top.
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t * (1 - h_t**2)
    dh_prev = dh_t + da @ W_hh.T
    return da @ W_xh.T, dh_prev, x_t.T @ da, h_prev.T @ da, da.sum(axis=0)
