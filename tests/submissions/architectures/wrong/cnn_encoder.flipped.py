# A convolution as in signal processing.
def cnn_encoder(frames, kernels, b_k, stride):
    from scipy.signal import convolve2d

    B, T = frames.shape[:2]
    out = []
    for image in frames.reshape(B * T, *frames.shape[2:]):
        maps = [convolve2d(image, k, mode="same")[::stride, ::stride] + b for k, b in zip(kernels, b_k)]
        out.append(np.maximum(np.stack(maps), 0).ravel())
    return np.stack(out).reshape(B, T, -1)
