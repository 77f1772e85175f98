# Two linear layers, each with its bias (and one bias for both).
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    def linear(v, W):
        return v @ W + b_h

    return np.tanh(linear(x_t, W_xh) + linear(h_prev, W_hh))
