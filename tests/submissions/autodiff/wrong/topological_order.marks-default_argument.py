def topological_order(node, seen=set()):
    order = []
    stack = [(node, False)]
    while stack:
        n, ready = stack.pop()
        if ready:
            order.append(n)
        elif n not in seen:
            seen.add(n)
            stack.append((n, True))
            for p in n.parents:
                stack.append((p, False))
    return order
