"""Wrong implementations of ``backward``."""

import numpy as np


def _cleared(order):
    for node in order:
        node.grad = np.zeros_like(node.value)


def _passed_on(order, along):
    """Add what each node's pull-back gives, to parents' gradients, along a list of nodes."""
    for node in along:
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = parent.grad + delta


def backward_overwritten(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = delta


def backward_not_set(order, seed):
    gradients = {node: np.zeros_like(node.value) for node in order} | {order[-1]: seed}
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(gradients[node]), strict=True):
            gradients[parent] = gradients[parent] + delta
    return [gradients[node] for node in order]


def backward_forwards(order, seed):
    _cleared(order)
    order[-1].grad = seed
    _passed_on(order, order)


def backward_too_early(order, seed):
    _cleared(order)
    order[-1].grad = seed
    reached = [order[-1]]
    for node in reached:
        _passed_on(order, [node])
        reached.extend(parent for parent in dict.fromkeys(node.parents) if parent not in reached)


def backward_no_seed(order, seed):
    _cleared(order)
    _passed_on(order, reversed(order))


def backward_ones_seed(order, seed):
    _cleared(order)
    order[-1].grad = np.ones_like(seed)
    _passed_on(order, reversed(order))


def backward_leaves_only(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        _passed_on(order, [node])
        if node.parents:
            node.grad = None


def backward_same_once(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for parent, delta in dict(zip(node.parents, node.pull_back(node.grad), strict=True)).items():
            parent.grad = parent.grad + delta


def backward_per_path(order, seed):
    _cleared(order)

    def send(node, delta):
        node.grad = node.grad + delta
        for parent, part in zip(node.parents, node.pull_back(delta), strict=True):
            send(parent, part)

    send(order[-1], seed)


def backward_counted_twice(order, seed):
    _cleared(order)
    order[-1].grad = seed

    def send(node):
        for parent, part in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = parent.grad + part
            send(parent)

    send(order[-1])


def backward_not_reset(order, seed):
    for node in order[:-1]:
        if node.grad is None:
            node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    _passed_on(order, reversed(order))


def backward_shared(order, seed):
    for node in order:
        node.grad = None
    order[-1].grad = seed.copy()
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            if parent.grad is None:
                parent.grad = delta
            else:
                parent.grad += delta


def backward_turned(order, seed):
    _cleared(order)
    order[-1].grad = seed
    order.reverse()
    _passed_on(order, list(order))


def backward_per_parent(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for k, parent in enumerate(node.parents):
            parent.grad = parent.grad + node.pull_back(node.grad)[k]


def backward_emptied(order, seed):
    _cleared(order)
    order[-1].grad = seed
    while order:
        _passed_on(order, [order.pop()])


def backward_first_parent(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        if node.parents:
            node.parents[0].grad = node.parents[0].grad + node.pull_back(node.grad)[0]
