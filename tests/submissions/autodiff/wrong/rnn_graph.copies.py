def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        weights, bias = Node(W.value.copy()), Node(b.value.copy())
        h = tanh(add(matmul(concat(x_t, h), weights), bias))
        states.append(h)
    return states
