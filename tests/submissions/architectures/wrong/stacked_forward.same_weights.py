def stacked_forward(x, h_0, weights, layer):
    h, finals = x, []
    for start in h_0:
        h = layer(h, start, weights[0])
        finals.append(h[:, -1])
    return h, np.array(finals)
