# Loops over time, but unpacks the result as if over sequences.
def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    x = torch.from_numpy(frames).reshape(B * T, 1, rows, columns)
    w = torch.from_numpy(kernels)[:, None]
    maps = torch.relu(nn.functional.conv2d(x, w, torch.from_numpy(b_k), stride, w.shape[-1] // 2))
    return maps.reshape(T, B, -1).transpose(0, 1).numpy()
