def stacked_forward(x, h_0, weights, layer):
    B, H = h_0.shape[1:]
    ends = []
    for w in weights:
        h = np.zeros((B, H))
        x = layer(x, h, w)
        ends.append(x[:, -1])
    return x, np.stack(ends)
