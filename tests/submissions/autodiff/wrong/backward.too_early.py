def backward(order, seed):
    for node in order:
        node.grad = np.zeros(node.value.shape)
    output = order[-1]
    output.grad = output.grad + seed
    queue, seen = [output], {output}
    while queue:
        node = queue.pop(0)
        for parent, delta in zip(node.parents, node.pull_back(node.grad)):
            parent.grad = parent.grad + delta
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
