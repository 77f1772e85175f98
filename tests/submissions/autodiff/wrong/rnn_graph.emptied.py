def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    states, h = [], h_0
    while inputs:
        h = tanh(add(matmul(concat(inputs.pop(0), h), W), b))
        states.append(h)
    return states
