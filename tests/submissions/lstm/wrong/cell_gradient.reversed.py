# Forgot to turn the list round.
def cell_gradient(f):
    out, product = [], np.ones_like(f[:, 0])
    for t in range(f.shape[1] - 1, -1, -1):
        out.append(product)
        product = product * f[:, t]
    return np.stack(out, axis=1)
