# Adds up shifted copies of the frames, one for each place in the kernel.
def cnn_encoder(frames, kernels, b_k, stride):
    B, T, rows, columns = frames.shape
    K, S, _ = kernels.shape
    p = np.pad(frames, ((0, 0), (0, 0), (S // 2, S // 2), (S // 2, S // 2)))
    total = np.zeros((B, T, K, rows, columns)) + b_k[:, None, None]
    for i in range(S):
        for j in range(S):
            total += p[:, :, None, i : i + rows, j : j + columns] * kernels[:, i, j, None, None]
    kept = total[..., ::stride, ::stride]
    return (kept * (kept > 0)).reshape(B, T, -1)
