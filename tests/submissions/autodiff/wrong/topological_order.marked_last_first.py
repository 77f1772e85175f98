def topological_order(node):
    order, stack, seen = [], [(node, False)], {node}
    while stack:
        n, finished = stack.pop()
        if finished:
            order.append(n)
        else:
            stack.append((n, True))
            for parent in n.parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append((parent, False))
    return order
