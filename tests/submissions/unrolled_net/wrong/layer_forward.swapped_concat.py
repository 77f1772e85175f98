# Thought of "what I remember, then what I hear".
def layer_forward(x_t, a_prev, W, b):
    inputs = np.hstack((a_prev, x_t))
    z = np.dot(inputs, W) + b
    return np.tanh(z)
