def mul(a, b):
    return Node(a.value * b.value, [b, a], lambda delta: [delta * b.value, delta * a.value])
