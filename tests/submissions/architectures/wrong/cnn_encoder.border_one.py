def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    images = torch.tensor(frames).reshape(B * T, 1, rows, columns)
    weight = torch.tensor(kernels).unsqueeze(1)
    maps = nn.functional.conv2d(images, weight, torch.tensor(b_k), stride=stride, padding=1).relu()
    return maps.reshape(B, T, -1).numpy()
