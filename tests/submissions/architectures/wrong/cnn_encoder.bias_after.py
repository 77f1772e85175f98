def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames).reshape(B * T, 1, rows, columns)
    w = torch.from_numpy(kernels)[:, None]
    maps = nn.functional.conv2d(x, w, stride=stride, padding=w.shape[-1] // 2)
    maps = nn.functional.relu(maps).numpy() + b_k.reshape(-1, 1, 1)
    return maps.reshape(B, T, -1)
