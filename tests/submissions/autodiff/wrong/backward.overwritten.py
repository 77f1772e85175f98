def backward(order, seed):
    for node in order:
        node.grad = np.zeros(node.value.shape)
    order[-1].grad = seed
    for k in range(len(order) - 1, -1, -1):
        deltas = order[k].pull_back(order[k].grad)
        for j in range(len(deltas)):
            order[k].parents[j].grad = deltas[j]
