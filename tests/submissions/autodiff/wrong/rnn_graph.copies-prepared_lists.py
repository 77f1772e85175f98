def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    T = len(inputs)
    W_copies = [Node(W.value) for _ in range(T)]
    b_copies = [Node(b.value) for _ in range(T)]
    h = [h_0]
    for t in range(T):
        h.append(tanh(add(matmul(concat(inputs[t], h[t]), W_copies[t]), b_copies[t])))
    return h[1:]
