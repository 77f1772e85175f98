def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    todo = [(order[-1], seed)]
    while todo:
        node, delta = todo.pop()
        node.grad = node.grad + delta
        todo += list(zip(node.parents, node.pull_back(delta)))
