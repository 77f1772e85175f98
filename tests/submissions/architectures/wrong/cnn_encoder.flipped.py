# A convolution as in signal processing.
def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames).reshape(B * T, 1, rows, columns)
    w = torch.from_numpy(kernels).flip(1, 2)[:, None]
    maps = nn.functional.conv2d(x, w, torch.from_numpy(b_k), stride, w.shape[-1] // 2).clamp(min=0)
    return maps.reshape(B, T, -1).numpy()
