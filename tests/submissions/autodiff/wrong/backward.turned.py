def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    order.reverse()
    for node in order:
        for parent, part in zip(node.parents, node.pull_back(node.grad)):
            parent.grad = parent.grad + part
