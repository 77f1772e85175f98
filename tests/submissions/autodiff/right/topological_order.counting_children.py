def topological_order(node):
    children, todo = {node: 0}, [node]
    while todo:
        for parent in todo.pop().parents:
            if parent not in children:
                children[parent] = 0
                todo.append(parent)
            children[parent] += 1
    ready, order = [node], []
    while ready:
        current = ready.pop()
        order.append(current)
        for parent in current.parents:
            children[parent] -= 1
            if children[parent] == 0:
                ready.append(parent)
    return order[::-1]
