def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    states = []
    h = h_0
    for x_t in inputs:
        row = np.concatenate((x_t.value, h.value), axis=1)
        h = Node(np.tanh(row @ W.value + b.value), (x_t, h, W, b))
        states.append(h)
    return states
