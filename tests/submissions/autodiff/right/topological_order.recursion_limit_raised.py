import sys


def topological_order(node):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    order = {}

    def visit(current):
        for parent in current.parents:
            if parent not in order:
                visit(parent)
        order[current] = None

    visit(node)
    sys.setrecursionlimit(before)
    return list(order)
