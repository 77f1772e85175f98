def topological_order(node):
    order, seen, stack = [], set(), [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
            continue
        key = current.value.tobytes()
        if key not in seen:
            seen.add(key)
            stack.append((current, True))
            for parent in current.parents:
                stack.append((parent, False))
    return order
