def cnn_encoder(frames, kernels, b_k, stride):
    (B, T), (K, S, _) = frames.shape[:2], kernels.shape
    images = torch.from_numpy(np.ascontiguousarray(frames)).flatten(0, 1).unsqueeze(1)
    columns = nn.functional.unfold(images, S, padding=S // 2, stride=stride)  # (B T, S S, places)
    maps = torch.einsum("ks,nsp->nkp", torch.from_numpy(kernels).flatten(1), columns)
    return (maps + torch.from_numpy(b_k)[:, None]).clamp(min=0).numpy().reshape(B, T, -1)
