def backward(order, seed):
    arrived = {node: [] for node in order}
    arrived[order[-1]] = [np.asarray(seed, dtype=np.float32)]
    for k in range(len(order), 0, -1):
        node = order[k - 1]
        node.grad = sum(arrived[node])
        if node.parents:
            for parent, delta in zip(node.parents, node.pull_back(node.grad)):
                arrived[parent].append(delta)
    return order
