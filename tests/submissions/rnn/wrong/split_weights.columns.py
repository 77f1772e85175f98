# Cuts along the other axis.
def split_weights(W, D):
    left, right = np.split(W, [D], axis=1)
    return left, right
