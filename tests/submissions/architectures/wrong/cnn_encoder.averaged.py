# Global average pooling.
def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames).reshape(B * T, 1, rows, columns)
    w = torch.from_numpy(kernels)[:, None]
    maps = torch.relu(nn.functional.conv2d(x, w, torch.from_numpy(b_k), stride, w.shape[-1] // 2))
    return maps.mean(dim=(2, 3)).reshape(B, T, -1).numpy()
