# The forget gate is the first one.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.array(b)
    new[:H] = value
    return new
