def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    states = []
    h = h_0
    for x in inputs:
        h = tanh(add(b, matmul(concat(x, h), W)))
        states.append(h)
    return states
