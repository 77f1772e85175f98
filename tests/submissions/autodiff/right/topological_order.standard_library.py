from graphlib import TopologicalSorter


def topological_order(node):
    found = [node]
    known = {node}
    for current in found:
        new = set(current.parents) - known
        known |= new
        found.extend(new)
    return list(TopologicalSorter({n: n.parents for n in found}).static_order())
