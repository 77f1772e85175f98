def causal_conv(x, W, b, dilation):
    K = W.shape[0]
    T = x.shape[1]
    pad = (K - 1) * dilation
    xp = np.pad(x, ((0, 0), (pad, 0), (0, 0)))
    y = np.zeros((x.shape[0], T, W.shape[2]))
    for k in range(K):
        start = k * dilation
        y += xp[:, start : start + T] @ W[k]
    return y + b
