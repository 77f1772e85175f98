def causal_conv(x, W, b, dilation):
    pad = (len(W) - 1) * dilation
    xp = np.pad(x, ((pad, 0), (0, 0), (0, 0)))
    y = np.zeros((x.shape[0], x.shape[1], W.shape[2])) + b
    for k in range(len(W)):
        start = pad - k * dilation
        y += xp[start : start + len(x)] @ W[k]
    return y
