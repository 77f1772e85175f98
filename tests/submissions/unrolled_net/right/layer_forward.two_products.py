def layer_forward(x_t, a_prev, W, b):
    D = x_t.shape[-1]
    return np.tanh(b + a_prev @ W[D:] + x_t @ W[:D])
