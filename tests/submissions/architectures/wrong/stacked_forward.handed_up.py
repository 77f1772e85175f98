# The variable h runs on from layer to layer.
def stacked_forward(x, h_0, weights, layer):
    h = h_0[0]
    ends = []
    for l, w in enumerate(weights):
        x = layer(x, h, w)
        h = x[:, -1]
        ends.append(h)
    return x, np.stack(ends)
