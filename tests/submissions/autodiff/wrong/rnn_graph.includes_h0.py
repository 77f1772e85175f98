def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    states = [h_0]
    for x_t in inputs:
        states.append(tanh(add(matmul(concat(x_t, states[-1]), W), b)))
    return states
