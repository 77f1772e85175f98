def backward(order, seed):
    grads = {id(node): 0.0 for node in order}
    grads[id(order[-1])] = np.array(seed)
    for node in order[::-1]:
        deltas = node.pull_back(grads[id(node)])
        for k, parent in enumerate(node.parents):
            grads[id(parent)] = grads[id(parent)] + deltas[k]
    return grads
