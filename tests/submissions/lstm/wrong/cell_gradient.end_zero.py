# Nothing comes after the last step.
def cell_gradient(f):
    out = np.zeros_like(f)
    T = f.shape[1]
    for t in range(T - 1):
        out[:, t] = np.prod(f[:, t + 1:], axis=1)
    return out
