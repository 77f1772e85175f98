def topological_order(node):
    found = {id(node): node}
    stack, order = [node], []
    while stack:
        n = stack.pop()
        order.insert(0, n)
        for parent in n.parents[::-1]:
            if id(parent) not in found:
                found[id(parent)] = parent
                stack.append(parent)
    return order
