def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    B, T, _ = x.shape
    h = np.zeros((B, T, h_0.shape[1]))
    c, gates = np.zeros_like(h), np.zeros((B, T, len(b)))
    for n in range(B):
        before = h_0[[n]], c_0[[n]]
        for t in range(T):
            h[[n], t], c[[n], t], gates[[n], t] = step(x[[n], t], *before, W_xh, W_hh, b)
            before = h[[n], t], c[[n], t]
    return h, c, gates
