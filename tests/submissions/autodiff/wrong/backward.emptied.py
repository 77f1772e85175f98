def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    while order:
        node = order.pop()
        for parent, delta in zip(node.parents, node.pull_back(node.grad)):
            parent.grad = parent.grad + delta
