def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        a = matmul(concat(x_t, h), W)
        h = add(tanh(a), b)
        states.append(h)
    return states
