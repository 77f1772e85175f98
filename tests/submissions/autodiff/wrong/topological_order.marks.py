def topological_order(node):
    order, stack = [], [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif not hasattr(current, "done"):
            current.done = True
            stack.append((current, True))
            stack += [(parent, False) for parent in current.parents]
    return order
