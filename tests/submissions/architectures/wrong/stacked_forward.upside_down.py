# "From the top layer down".
def stacked_forward(x, h_0, weights, layer):
    L = len(weights)
    states = x
    last = []
    for l in range(L):
        states = layer(states, h_0[l], weights[L - 1 - l])
        last.append(states[:, -1])
    return states, np.stack(last)
