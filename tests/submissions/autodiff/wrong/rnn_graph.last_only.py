def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    for x_t in inputs:
        h = tanh(add(matmul(concat(x_t, h), W), b))
    return h
