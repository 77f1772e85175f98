# Column vectors, as in the linear algebra course.
def split_weights(W, D):
    return np.transpose(W[:D]), np.transpose(W[D:])
