def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    K, S, _ = kernels.shape
    pad = S // 2
    p = np.zeros((B, T, rows + 2 * pad, columns + 2 * pad))
    p[:, :, pad : pad + rows, pad : pad + columns] = frames
    R = (rows + 2 * pad - S) // stride + 1
    Q = (columns + 2 * pad - S) // stride + 1
    maps = np.zeros((B, T, R, Q, K))
    for k in range(K):
        for r in range(R):
            for c in range(Q):
                patch = p[:, :, r * stride : r * stride + S, c * stride : c * stride + S]
                maps[:, :, r, c, k] = (patch * kernels[k]).sum(axis=(2, 3)) + b_k[k]
    return np.maximum(maps, 0).reshape(B, T, -1)
