def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    for node in reversed(order):
        parts = node.pull_back(node.grad)
        for parent, part in list(zip(node.parents, parts))[:1]:
            parent.grad = parent.grad + part
