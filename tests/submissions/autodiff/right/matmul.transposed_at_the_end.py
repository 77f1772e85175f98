def matmul(a, b):
    return Node((b.value.T @ a.value.T).T, [a, b], lambda delta: [(b.value @ delta.T).T, (delta.T @ a.value).T])
