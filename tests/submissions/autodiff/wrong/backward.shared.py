def backward(order, seed):
    gradients = {order[-1]: np.array(seed)}
    for node in reversed(order):
        for parent, part in zip(node.parents, node.pull_back(gradients[node])):
            if parent in gradients:
                gradients[parent] += part
            else:
                gradients[parent] = part
    for node in order:
        node.grad = gradients[node]
