def mul(a, b):
    if a is b:
        return Node(a.value**2, [a], lambda delta: [2 * a.value * delta])
    return Node(a.value * b.value, [a, b], lambda delta: [b.value * delta, a.value * delta])
