def topological_order(node):
    order, seen, stack = [], {node}, [[node, iter(node.parents)]]
    while stack:
        current, rest = stack[-1]
        parent = next(rest, None)
        if parent is None:
            stack.pop()
            if stack:
                order.append(current)
        elif parent not in seen:
            seen.add(parent)
            stack.append([parent, iter(parent.parents)])
    return order
