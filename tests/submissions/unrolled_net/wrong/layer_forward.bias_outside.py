# Adds the bias at the end.
def layer_forward(x_t, a_prev, W, b):
    a = np.tanh(np.hstack([x_t, a_prev]) @ W)
    return a + b
