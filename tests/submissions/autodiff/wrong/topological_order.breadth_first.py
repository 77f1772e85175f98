from collections import deque


def topological_order(node):
    queue, seen, order = deque([node]), {node}, []
    while queue:
        current = queue.popleft()
        order.append(current)
        for parent in current.parents:
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return list(reversed(order))
