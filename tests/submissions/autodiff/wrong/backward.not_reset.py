def backward(order, seed):
    order[-1].grad = seed
    for node in reversed(order):
        for parent, part in zip(node.parents, node.pull_back(node.grad)):
            if parent.grad is None:
                parent.grad = part
            else:
                parent.grad = parent.grad + part
