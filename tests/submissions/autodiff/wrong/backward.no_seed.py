def backward(order, seed):
    for node in order:
        node.grad = 0 * node.value
    for node in order[::-1]:
        parts = node.pull_back(node.grad)
        for parent, part in zip(node.parents, parts):
            parent.grad = parent.grad + part
