def topological_order(node):
    order, stack = [], [[node, 0]]
    while stack:
        current, k = stack[-1]
        if k < len(current.parents):
            stack[-1][1] += 1
            stack.append([current.parents[k], 0])
        else:
            order.append(current)
            stack.pop()
    return order
