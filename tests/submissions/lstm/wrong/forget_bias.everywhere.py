# All gates should be open.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.array(b)
    new[:] = value
    return new
