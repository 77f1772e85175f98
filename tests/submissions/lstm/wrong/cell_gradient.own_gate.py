# Starts one gate early.
def cell_gradient(f):
    B, T, H = f.shape
    out = np.ones((B, T, H))
    for t in range(T):
        for s in range(t, T):
            out[:, t] *= f[:, s]
    return out
