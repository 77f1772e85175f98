def topological_order(node):
    order, entered = [], {node}
    path = [(node, iter(node.parents))]
    while path:
        current, parents = path[-1]
        for parent in parents:
            if parent not in entered:
                entered.add(parent)
                path.append((parent, iter(parent.parents)))
                break
        else:
            order.append(current)
            path.pop()
    return order
