def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = [None] * (len(inputs) + 1)
    h[-1] = h_0  # index -1 is the step before the first
    for t, x_t in enumerate(inputs):
        row = concat(x_t, h[t - 1])
        h[t] = tanh(add(matmul(row, W), b))
    return tuple(h[:-1])
