# Calls every layer with the argument x.
def stacked_forward(x, h_0, weights, layer):
    L, B, H = h_0.shape
    h_last = np.zeros((L, B, H))
    for l in range(L):
        h = layer(x, h_0[l], weights[l])
        h_last[l] = h[:, -1, :]
    return h, h_last
