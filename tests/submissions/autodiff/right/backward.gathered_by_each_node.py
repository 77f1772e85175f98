def backward(order, seed):
    sent = {order[-1]: [seed]}
    for place in range(len(order) - 1, -1, -1):
        node = order[place]
        node.grad = np.sum(np.stack([np.broadcast_to(d, node.value.shape) for d in sent[node]]), axis=0)
        if node.parents:
            for parent, d in zip(node.parents, node.pull_back(node.grad)):
                sent.setdefault(parent, []).append(d)
