# Took a layer to be a function of its own input.
def layer_forward(x_t, a_prev, W, b):
    B, D = x_t.shape
    silent = np.zeros_like(a_prev)
    return np.tanh(np.concatenate((x_t, silent), axis=1) @ W + b)
