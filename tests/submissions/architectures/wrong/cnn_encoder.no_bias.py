def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames).flatten(0, 1).unsqueeze(1)
    w = torch.from_numpy(kernels).unsqueeze(1)
    maps = torch.conv2d(x, w, None, stride=stride, padding=w.shape[-1] // 2)
    return torch.relu(maps).reshape(B, T, -1).numpy()
