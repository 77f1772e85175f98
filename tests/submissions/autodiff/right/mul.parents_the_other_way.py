def mul(a, b):
    A, B = a.value.copy(), b.value.copy()
    return Node(np.multiply(B, A), [b, a], lambda delta: [A * delta, B * delta])
