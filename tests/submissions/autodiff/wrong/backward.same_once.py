def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    for node in reversed(order):
        new = {}
        for parent, part in zip(node.parents, node.pull_back(node.grad)):
            new[parent] = parent.grad + part
        for parent in new:
            parent.grad = new[parent]
