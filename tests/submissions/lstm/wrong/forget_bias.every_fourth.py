# Thinks of the four as lying next to each other.
def forget_bias(b, value):
    new = b.reshape(-1, 4).copy()
    new[:, 1] = value
    return new.ravel()
