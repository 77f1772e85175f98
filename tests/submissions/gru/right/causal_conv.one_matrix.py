def causal_conv(x, W, b, dilation):
    """The taps side by side: one product of a banded matrix with the whole sequence."""
    B, T, D = x.shape
    K, _, H = W.shape
    band = np.zeros((T, D, T, H))
    for t in range(T):
        for k in range(K):
            if t - k * dilation >= 0:
                band[t - k * dilation, :, t] += W[k]
    return (x.reshape(B, T * D) @ band.reshape(T * D, T * H)).reshape(B, T, H) + b
