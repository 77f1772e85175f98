def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    states, h = [], h_0
    for t in range(len(inputs) - 1, -1, -1):
        h = tanh(add(matmul(concat(inputs[t], h), W), b))
        states.append(h)
    return states
