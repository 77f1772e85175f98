def topological_order(node):
    found = {}
    stack = [node]
    while stack:
        current = stack.pop()
        if id(current) in found:
            continue
        found[id(current)] = current
        for parent in current.parents[::-1]:
            stack.append(parent)
    return list(found.values())[::-1]
