def causal_conv(x, W, b, dilation):
    K, D, H = W.shape
    spread = np.zeros(((K - 1) * dilation + 1, D, H))
    spread[::dilation] = W
    return np.array(
        [
            np.array([b[j] + sum(np.convolve(one[:, i], spread[:, i, j])[: len(one)] for i in range(D)) for j in range(H)]).T
            for one in x
        ]
    )
