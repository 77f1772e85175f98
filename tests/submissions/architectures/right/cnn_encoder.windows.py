def cnn_encoder(frames, kernels, b_k, stride):
    S = kernels.shape[-1]
    border = [(0, 0)] * 2 + [(S // 2, S // 2)] * 2
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(frames, border), (S, S), (2, 3))
    windows = windows[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, kernels, axes=((4, 5), (1, 2))) + b_k  # (B, T, R, Q, K)
    maps[maps < 0] = 0
    return maps.transpose(0, 1, 4, 2, 3).reshape(*frames.shape[:2], -1)
