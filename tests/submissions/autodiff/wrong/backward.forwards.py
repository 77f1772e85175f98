def backward(order, seed):
    gradient = {node: np.zeros(node.value.shape) for node in order}
    gradient[order[-1]] = seed
    for node in order:
        for parent, delta in zip(node.parents, node.pull_back(gradient[node])):
            gradient[parent] = gradient[parent] + delta
    for node in order:
        node.grad = gradient[node]
