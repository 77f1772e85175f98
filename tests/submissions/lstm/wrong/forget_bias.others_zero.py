# Starts from a fresh array.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.zeros(len(b))
    new[H:2 * H] = value
    return new
