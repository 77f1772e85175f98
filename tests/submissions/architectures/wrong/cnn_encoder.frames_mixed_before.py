def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames.swapaxes(0, 1).reshape(B * T, 1, rows, columns))
    w = torch.from_numpy(kernels)[:, None]
    maps = nn.functional.conv2d(x, w, torch.from_numpy(b_k), stride=stride, padding=kernels.shape[1] // 2)
    return torch.relu(maps).reshape(B, T, -1).numpy()
