def topological_order(node):
    order = []
    visited = set()

    def build(v):
        if id(v) in visited:
            return
        visited.add(id(v))
        for parent in v.parents:
            build(parent)
        order.append(v)

    build(node)
    return order
