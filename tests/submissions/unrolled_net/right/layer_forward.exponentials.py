def layer_forward(x_t, a_prev, W, b):
    z = np.block([x_t, a_prev]) @ W + b
    return 1 - 2 / (1 + np.exp(2 * z))
