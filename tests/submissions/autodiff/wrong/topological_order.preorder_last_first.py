def topological_order(node):
    order = []
    seen = set()
    stack = [node]
    while stack:
        n = stack.pop()
        if n in seen:
            continue
        seen.add(n)
        order.append(n)
        stack.extend(n.parents)
    order.reverse()
    return order
