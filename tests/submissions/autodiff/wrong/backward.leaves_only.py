def backward(order, seed):
    on_the_way = {id(node): np.zeros_like(node.value) for node in order}
    on_the_way[id(order[-1])] = seed
    for node in reversed(order):
        gradient = on_the_way.pop(id(node))
        for parent, part in zip(node.parents, node.pull_back(gradient)):
            on_the_way[id(parent)] = on_the_way[id(parent)] + part
        if not node.parents:
            node.grad = gradient
