def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = np.ones(order[-1].value.shape)
    for node in order[::-1]:
        for parent, part in zip(node.parents, node.pull_back(node.grad)):
            parent.grad = parent.grad + part
