# Forgot the last step after getting the matrix product right.
def layer_forward(x_t, a_prev, W, b):
    D = x_t.shape[1]
    z = x_t.dot(W[:D]) + a_prev.dot(W[D:]) + b
    return z
