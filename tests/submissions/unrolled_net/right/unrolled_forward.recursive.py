def unrolled_forward(x, W_layers, b_layers, layer):
    def run(t):
        if t == 0:
            return np.zeros((x.shape[0], b_layers.shape[1]))
        k = t - x.shape[1] - 1
        return layer(x[:, t - 1], run(t - 1), W_layers[k], b_layers[k])

    if x.shape[1] > W_layers.shape[0]:
        raise ValueError(x.shape)
    return run(x.shape[1])
