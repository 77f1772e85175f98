def causal_conv(x, W, b, dilation):
    B, T, D = x.shape
    K, _, H = W.shape
    y = np.zeros((B, T, H), dtype=x.dtype)
    for t in range(T):
        y[:, t] = b + sum(x[:, t - k * dilation] @ W[k] for k in range(K) if t >= k * dilation)
    return y
