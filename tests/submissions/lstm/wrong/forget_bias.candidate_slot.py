# Off by one: the second counted from zero ... and once more.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.array(b)
    new[2 * H:3 * H] = value
    return new
