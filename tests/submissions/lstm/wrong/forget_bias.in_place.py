# The name is new, the array is not.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = b
    new[H:2 * H] = value
    return new
