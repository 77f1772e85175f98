def parameter_count(N, D, H, shared):
    return np.int64(H) * (D + H + 1) * (N if not shared else 1)
