def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        together = concat(h, x_t)
        h = tanh(add(matmul(together, W), b))
        states.append(h)
    return states
