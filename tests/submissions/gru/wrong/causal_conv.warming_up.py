def causal_conv(x, W, b, dilation):
    B, T, _ = x.shape
    K, _, H = W.shape
    y = np.zeros((B, T, H)) + b
    for t in range((K - 1) * dilation, T):
        for k in range(K):
            y[:, t] += x[:, t - k * dilation] @ W[k]
    return y
