def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = np.einsum('bh,bh->bh', dh_t, 1 - h_t**2)
    return (np.einsum('bh,dh->bd', da, W_xh), np.einsum('bh,kh->bk', da, W_hh), np.einsum('bd,bh->dh', x_t, da),
            np.einsum('bk,bh->kh', h_prev, da), np.einsum('bh->h', da))
