def stacked_forward(x, h_0, weights, layer):
    (B, T), (L, _, H) = x.shape[:2], h_0.shape
    states = np.empty((T, L, B, H))  # time first inside
    for index in range(L):
        below = x if index == 0 else states[:, index - 1].transpose(1, 0, 2)
        states[:, index] = np.moveaxis(layer(below, h_0[index], weights[index]), 1, 0)
    return states[:, -1].swapaxes(0, 1), states[-1]
