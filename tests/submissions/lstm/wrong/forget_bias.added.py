# Adds to the bias.
def forget_bias(b, value):
    H = b.shape[0] // 4
    new = np.array(b)
    new[H:2 * H] += value
    return new
