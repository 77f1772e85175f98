def backward(order, seed):
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    visit(order[-1])


def visit(node):
    parts = node.pull_back(node.grad)
    for k, parent in enumerate(node.parents):
        parent.grad = parent.grad + parts[k]
        visit(parent)
