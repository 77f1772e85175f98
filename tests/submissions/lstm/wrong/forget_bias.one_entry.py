# One number per gate.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.array(b)
    new[1] = value
    return new
