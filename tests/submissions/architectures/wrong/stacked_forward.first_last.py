# Takes the first axis that comes to mind.
def stacked_forward(x, h_0, weights, layer):
    last = np.empty_like(h_0)
    for l, w in enumerate(weights):
        x = layer(x, h_0[l], w)
        last[l] = x[:, 0, :]
    return x, last
