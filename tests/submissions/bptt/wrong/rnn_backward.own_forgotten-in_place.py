# The delta of the next step in the place of the own one.
def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    B, T, H = h.shape
    delta = dh.copy()
    slope = 1 - h**2
    for t in range(T - 2, -1, -1):
        delta[:, t] = (delta[:, t + 1] * slope[:, t + 1]) @ W_hh.T
    da = delta * slope
    before = np.concatenate([h_0.reshape(B, 1, H), h[:, :-1]], axis=1)
    dW_xh = np.einsum("btd,bth->dh", x, da)
    dW_hh = np.einsum("btk,bth->kh", before, da)
    return delta, da @ W_xh.T, da[:, 0] @ W_hh.T, dW_xh, dW_hh, da.sum(axis=(0, 1))
