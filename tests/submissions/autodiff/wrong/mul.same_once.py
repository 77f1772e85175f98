def mul(a, b):
    parents = list(dict.fromkeys([a, b]))
    return Node(a.value * b.value, parents, lambda delta: (b.value * delta, a.value * delta)[: len(parents)])
