def topological_order(node):
    order = []
    while True:
        order.append(node)
        if len(node.parents) == 0:
            return order[::-1]
        node = node.parents[0]
