def cnn_encoder(frames, kernels, b_k, stride):
    K, S, _ = kernels.shape
    conv = nn.Conv2d(1, K, S, stride=stride, padding=(S - 1) // 2)
    with torch.no_grad():
        conv.weight.copy_(torch.tensor(kernels).view(K, 1, S, S))
        conv.bias.copy_(torch.tensor(b_k))
        steps = [conv(torch.tensor(frames[:, t, None], dtype=torch.float32)).relu().flatten(1) for t in range(frames.shape[1])]
        return torch.stack(steps, dim=1).numpy()
