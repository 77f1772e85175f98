def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.tensor(frames.reshape(-1, 1, rows, columns))
    maps = nn.functional.conv2d(x, torch.tensor(kernels)[:, None], torch.tensor(b_k), stride=stride)
    return torch.relu(maps).reshape(B, T, -1).numpy()
