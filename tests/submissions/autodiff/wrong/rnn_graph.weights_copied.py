def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        row = concat(x_t, h)
        product = matmul(row, Node(W.value))
        h = tanh(add(product, b))
        states.append(h)
    return states
