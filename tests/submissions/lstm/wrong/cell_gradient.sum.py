# Gradients of copies add up, so these do as well.
def cell_gradient(f):
    B, T, H = f.shape
    out = np.zeros((B, T, H))
    for t in range(T):
        for s in range(t + 1, T):
            out[:, t] += f[:, s]
    return out
