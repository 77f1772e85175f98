# The state first.
def split_weights(W, D):
    H = W.shape[1]
    first, second = np.vsplit(W, [H])
    return second, first
