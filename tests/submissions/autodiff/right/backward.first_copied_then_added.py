def backward(order, seed):
    for node in order:
        node.grad = None
    order[-1].grad = seed.copy()
    todo = list(order)
    while todo:
        node = todo.pop()
        deltas = node.pull_back(node.grad.copy())
        for parent, delta in zip(node.parents, deltas):
            parent.grad = delta.copy() if parent.grad is None else np.add(parent.grad, delta)
