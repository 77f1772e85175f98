def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    h = h_0
    states = []
    for x_t in inputs:
        h = tanh(add(matmul(concat(x_t, h if h is h_0 else Node(h.value)), W), b))
        states.append(h)
    return states
