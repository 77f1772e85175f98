def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = Node(h_0.value)
    states = []
    for x in inputs:
        h = tanh(add(matmul(concat(x, h), W), b))
        states.append(h)
    return states
