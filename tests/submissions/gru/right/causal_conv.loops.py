def causal_conv(x, W, b, dilation):
    B, T, D = x.shape
    K, _, H = W.shape
    y = np.zeros((B, T, H))
    for t in range(T):
        for k in range(K):
            s = t - k * dilation
            if s >= 0:
                y[:, t] += x[:, s] @ W[k]
    return y + b
