def mul(a, b):
    derivatives = (b.value.copy(), a.value.copy())
    return Node(a.value * b.value, (a, b), lambda delta: derivatives)
