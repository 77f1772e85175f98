def topological_order(node):
    depth = {node: 0}
    waiting = [node]
    while waiting:
        current = waiting.pop()
        for parent in current.parents:
            if depth.get(parent, -1) < depth[current] + 1:
                depth[parent] = depth[current] + 1
                waiting.append(parent)
    return sorted(depth, key=lambda n: -depth[n])
