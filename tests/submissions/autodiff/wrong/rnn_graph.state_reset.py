def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        states.append(tanh(add(matmul(concat(x_t, h), W), b)))
    return states
