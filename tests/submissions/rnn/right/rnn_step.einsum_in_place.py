def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h = np.einsum("bk,kh->bh", h_prev, W_hh)
    h += np.einsum("bd,dh->bh", x_t, W_xh)
    h += b_h
    np.tanh(h, out=h)
    return h
