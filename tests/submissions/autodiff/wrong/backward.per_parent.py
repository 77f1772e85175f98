def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    for node in reversed(order):
        for k in range(len(node.parents)):
            node.parents[k].grad = node.parents[k].grad + node.pull_back(node.grad)[k]
