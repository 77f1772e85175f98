def backward(order, seed):
    for node in order:
        node.grad = np.zeros(node.value.shape)
    order[-1].grad += seed
    for node in order[::-1]:
        for parent, delta in zip(node.parents, node.pull_back(node.grad)):
            parent.grad += delta
