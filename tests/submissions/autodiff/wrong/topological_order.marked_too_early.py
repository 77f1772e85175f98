def topological_order(node):
    visited = {id(node)}
    stack, order = [(node, "open")], []
    while stack:
        current, what = stack.pop()
        if what == "close":
            order.append(current)
        else:
            stack.append((current, "close"))
            new = [p for p in dict.fromkeys(current.parents) if id(p) not in visited]
            visited.update(id(p) for p in new)
            stack.extend((p, "open") for p in new[::-1])
    return order
