import sys


def topological_order(node):
    order = {}

    def visit(current):
        for parent in current.parents:
            if parent not in order:
                visit(parent)
        order[current] = None

    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        visit(node)
    finally:
        sys.setrecursionlimit(before)
    return list(order)
