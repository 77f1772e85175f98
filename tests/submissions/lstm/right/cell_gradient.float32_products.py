def cell_gradient(f):
    f = f.astype(np.float32)
    return np.stack([f[:, t + 1 :].prod(axis=1) for t in range(f.shape[1])], axis=1)
