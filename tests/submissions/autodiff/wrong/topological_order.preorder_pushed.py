def topological_order(node):
    order = []
    seen = {node}
    stack = [node]
    while stack:
        n = stack.pop()
        order.append(n)
        for parent in n.parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return order[::-1]
