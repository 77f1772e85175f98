def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    H = b.value.shape[0]
    h = Node(np.zeros((inputs[0].value.shape[0], H)))
    states = []
    for x_t in inputs:
        h = tanh(add(matmul(concat(x_t, h), W), b))
        states.append(h)
    return states
